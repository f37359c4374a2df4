"""The reference class of adoption; written by `benchmarks/reference_tables.py`."""

# ruff: noqa: E501
# fmt: off
COLUMNS = ("group", "series", "ceiling_pct", "b_logistic", "s_logistic", "b_gompertz", "s_gompertz", "points", "first_year", "last_year", "origin")
ROWS: tuple[tuple[str, ...], ...] = (
    ("Automobile", "Automobile", "97.687", "0.06259", "0.10446", "0.04494", "0.07254", "91", "1915", "2005", "US households"),
    ("Computer", "Computer", "92.021", "0.17029", "0.15407", "0.13403", "0.14885", "11", "1992", "2016", "US households"),
    ("Computer", "Microcomputer", "80.966", "0.14188", "0.12999", "0.09987", "0.11339", "33", "1984", "2016", "US households"),
    ("Disk brakes", "Disk brakes", "100.500", "0.69819", "0.24884", "0.39545", "0.09371", "19", "1966", "1984", "US households"),
    ("Dryer", "Dryer", "90.889", "0.11326", "0.25954", "0.06491", "0.16466", "13", "1950", "2011", "US households"),
    ("Electric power", "Electric power", "99.500", "0.10822", "0.07013", "0.07563", "0.05655", "98", "1908", "2005", "US households"),
    ("Electronic ignition", "Electronic ignition", "100.500", "0.94554", "0.67030", "0.47647", "0.41587", "9", "1962", "1984", "US households"),
    ("Flush toilet", "Flush toilet", "100.500", "0.06463", "0.15062", "0.03464", "0.10244", "12", "1860", "1989", "US households"),
    ("Freezer", "Freezer", "42.500", "0.05707", "0.27441", "0.03991", "0.22364", "12", "1950", "2011", "US households"),
    ("Internet", "Internet", "88.500", "0.22977", "0.13164", "0.16764", "0.11186", "24", "1993", "2016", "US households"),
    ("Landline", "Landline", "95.500", "0.01644", "0.16162", "0.00871", "0.13287", "113", "1903", "2018", "US households"),
    ("Power steering", "Power steering", "100.500", "0.30546", "0.27378", "0.18676", "0.12883", "34", "1951", "1984", "US households"),
    ("Radial tires", "Radial tires", "100.500", "0.94474", "0.70260", "0.49724", "0.23355", "13", "1972", "1984", "US households"),
    ("Radio", "Radio", "99.500", "0.17402", "0.16743", "0.12512", "0.10345", "81", "1925", "2005", "US households"),
    ("Refrigerator", "Refrigerator", "100.400", "0.24296", "0.21102", "0.13850", "0.11307", "53", "1925", "1978", "US households"),
    ("RTGS adoption", "RTGS adoption", "100.010", "0.15416", "0.16580", "0.06079", "0.06174", "36", "1970", "2005", "US households"),
    ("Shipping container port infrastructure", "Shipping container port infrastructure", "100.010", "0.31983", "0.25839", "0.18229", "0.14992", "23", "1964", "1986", "US households"),
    ("Stove", "Electric Range", "62.957", "0.08884", "0.21239", "0.06109", "0.20713", "8", "1933", "1986", "US households"),
    ("Stove", "Stove", "100.010", "0.08246", "0.07344", "0.05958", "0.06807", "108", "1900", "2011", "US households"),
    ("Tablet", "Tablet", "65.321", "0.71730", "0.44281", "0.42026", "0.14992", "8", "2010", "2017", "US households"),
    ("Washing machine", "Washer", "98.297", "0.02518", "0.17902", "0.02051", "0.16289", "13", "1920", "2011", "US households"),
    ("Washing machine", "Washing machine", "83.623", "0.06641", "0.09466", "0.04848", "0.07076", "79", "1930", "2008", "US households"),
)
