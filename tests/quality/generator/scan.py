"""Paper through a scanner: a page rendered by poppler, then skewed, blurred, stained and compressed by seeded amounts."""

import random
import subprocess

from PIL import Image, ImageChops, ImageDraw, ImageFilter
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from .writer import SEED

WRAPS = ("jpg", "pdf", "png", "tif")
QUARTERS = {90: Image.Transpose.ROTATE_90, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_270}
UNIFORM_DEVIATION = 52.0  # of the mean of two bytes drawn evenly


def render(pdf, dpi, colour):
    """The first page as an image. Everything on it comes from fonts inside the file."""
    target = pdf.parent / pdf.name.split(".")[0]
    subprocess.run(["pdftoppm", "-r", str(dpi), "-f", "1", "-l", "1", "-singlefile", *([] if colour else ["-gray"]), str(pdf), str(target)],
                   check=True)
    made = target.with_suffix(".ppm" if colour else ".pgm")
    image = Image.open(made).copy()
    made.unlink()
    return image


class Scanner:
    """The conditions of one document. The same for all turns of the same page, so that only the turn differs."""

    def __init__(self, writer, row, small=False):
        self.random = random.Random(f"{SEED}/{writer.family}/{row}/{writer.language}/{writer.index}/scanner")
        draw = self.random
        hard = writer.family == "report"
        self.dpi = 200 if small else draw.choice((150, 170, 200) if not hard else (150, 175, 200))
        self.colour = draw.random() < 0.4
        self.paper = draw.randint(238, 255)
        self.ink = draw.randint(0, 45)
        self.blur = draw.uniform(0.2, 0.4) if small else draw.uniform(0.3, 0.8 if self.dpi > 160 else 0.6)
        self.noise = draw.uniform(2, 8 if small else 12)
        self.tilt = draw.uniform(-0.5, 0.5)
        self.skew = draw.choice((-1, 1)) * draw.uniform(1, 5)
        self.quality = draw.randint(55 if small else 45, 85)
        self.shade = hard and draw.random() < 0.6
        self.specks = draw.randint(5, 40) if hard else 0
        self.wrap = WRAPS[(writer.index + writer.index // 8) % len(WRAPS)]  # no kind of page always in the same one

    def scan(self, page, turn):
        """`turn` is 0, 90, 180, 270 or 'skew'."""
        angle = self.skew if turn == "skew" else self.tilt
        white = (255, 255, 255) if page.mode == "RGB" else 255
        page = page.rotate(angle, Image.Resampling.BICUBIC, expand=turn == "skew", fillcolor=white)
        page = page.filter(ImageFilter.GaussianBlur(self.blur))
        page = page.point([self.ink + value * (self.paper - self.ink) // 255 for value in range(256)] * len(page.getbands()))
        if self.shade:
            page = shaded(page)
        page = self.grained(page)
        self.speck(page)
        return page.transpose(QUARTERS[turn]) if turn in QUARTERS else page

    def grained(self, page):
        draw = random.Random(self.noise)
        count = page.width * page.height
        grain = ImageChops.add(*(Image.frombytes("L", page.size, draw.randbytes(count)) for _ in range(2)), scale=2)
        share = self.noise / UNIFORM_DEVIATION
        grain = grain.point([round(128 + (value - 127.5) * share) for value in range(256)])
        if page.mode == "RGB":
            grain = Image.merge("RGB", [grain] * 3)
        return ImageChops.add(page, grain, offset=-128)

    def speck(self, page):
        draw, pen = random.Random(self.noise), ImageDraw.Draw(page)
        for _ in range(self.specks):
            x, y = draw.randrange(page.width), draw.randrange(page.height)
            pen.ellipse((x, y, x + draw.choice((1, 1, 2)), y + 1), fill=(90,) * 3 if page.mode == "RGB" else 90)

    def save(self, page, stem):
        """The file that is read, in the wrap of this document."""
        resolution = (self.dpi, self.dpi)
        path = stem.with_suffix(f".{self.wrap}")
        jpeg = stem.with_suffix(".jpg")
        page.save(jpeg, quality=self.quality, dpi=resolution)
        if self.wrap == "jpg":
            return path
        if self.wrap == "pdf":
            size = (page.width * 72 / self.dpi, page.height * 72 / self.dpi)
            canvas = Canvas(str(path), pagesize=size, invariant=1)
            canvas.drawImage(ImageReader(str(jpeg)), 0, 0, *size)
            canvas.save()
        else:
            with Image.open(jpeg) as pressed:
                pressed.save(path, dpi=resolution, **({"compression": "tiff_lzw"} if self.wrap == "tif" else {}))
        jpeg.unlink()
        return path


def shaded(page):
    """Darker towards one edge, as near the back of a book."""
    ramp = Image.linear_gradient("L").resize(page.size).point([222 + value * 33 // 255 for value in range(256)])
    return ImageChops.multiply(page, Image.merge("RGB", [ramp] * 3) if page.mode == "RGB" else ramp)
