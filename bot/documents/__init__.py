"""Documents that leave the club: drawn from models alone, the same bytes every time."""
