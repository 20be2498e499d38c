"""An address as a QR code."""

from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M


def qr_path(text: str) -> tuple[str, int]:
    """The dark squares as one path of SVG, and how many squares the picture is wide, its quiet border included."""
    code = QRCode(error_correction=ERROR_CORRECT_M, border=4)
    code.add_data(text)
    rows = code.get_matrix()
    squares = (f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark)
    return "".join(squares), len(rows)
