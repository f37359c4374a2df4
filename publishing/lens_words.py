"""What pages say of the lenses."""

OWN_WEIGHTS_NAME = "Your own weights"
LENS_WORDS = {
    "even-handed": (
        "Even-handed",
        (
            "Every mix of the five weights counts the same. Readiness (viability, drivers and"
            " diffusion) so carries 60 % of the weight on average."
        ),
    ),
}
