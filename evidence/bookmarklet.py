"""A bookmark that sends the page one is reading to the form of the inbox."""

# An address has room for so many characters of a selection, in their longest spelling.
MOST_TITLE, MOST_SELECTION = 150, 3_000
_SCRIPT = (
    "javascript:(()=>{{const e=encodeURIComponent,a=Array.from(String(getSelection())),"
    "t=Array.from(document.title).slice(0,{title}).join('');"
    "let n=Math.min(a.length,{most});"
    "const s=()=>e(a.slice(0,n).join(''));"
    "while(s().length>{most})n-=20;"
    "open('{form}?url='+e(location.href)+'&title='+e(t)+'&text='+s()+(n<a.length?'&cut=1':''))"
    "}})()"
)


def bookmarklet(form: str) -> str:
    """It saves nothing by itself: what it fills in is looked at and then saved."""
    return _SCRIPT.format(form=form, title=MOST_TITLE, most=MOST_SELECTION)
