"""Pages as a scanner would give them, made here: four languages, invented people, grain and a little blur."""

import io

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

FONT = "/usr/share/fonts/truetype/noto/NotoSerif-Regular.ttf"
ENGLISH = """List of the harbour committee of Primersk, 14 March 2031

At least 17 people were killed and more than 64 were wounded on
3 March 2031, said Ada Testwood of the dockers' union. Police detained
128 protesters; 39 of them were released by 8 March.
"""
RUSSIAN = """По словам врача Ивана Образцова, в больницу доставили 86 человек,
из них 12 скончались. Не менее 9 рабочих пропали без вести. Список
составлен 5 марта 2031 года; объявлено в 18:35.
"""
UKRAINIAN = """За словами Ганни Зразкової, поранено щонайменше 47 осіб, серед них
6 дітей. Їхні сусіди бачили, як затримано 21 страйкаря.
Ще 3 мешканці міста Приморське зникли після 7 березня.
"""
KAZAKH = """Жергілікті тұрғын Үлгі Сынақованың айтуынша, 2031 жылғы 3 наурызда
кемінде 15 адам қаза тапты, 58 адам жараланды. Полиция 104 адамды
ұстады. Өндіріс ғимараты қасында әйелдер мен іңірде 11 бала болған.
"""
FOUR = "\n".join((ENGLISH, RUSSIAN, UKRAINIAN, KAZAKH))


def page(text=FOUR, *, dpi=150, grain=25.0, blur=0.6, skew=0.0, seed=1, inches=11.69):
    """A page as wide as A4 in grey with the text at 11 points; `grain` is the standard deviation of its noise."""
    height = int(inches * dpi)
    picture = Image.new("L", (int(8.27 * dpi), height), 255)
    draw, font = ImageDraw.Draw(picture), ImageFont.truetype(FONT, round(11 * dpi / 72))
    for number, line in enumerate(text.split("\n")):
        draw.text((0.8 * dpi, 0.8 * dpi + number * 16.5 * dpi / 72), line, font=font, fill=20)
    picture = picture.rotate(skew, fillcolor=255, resample=Image.Resampling.BICUBIC)
    picture = picture.filter(ImageFilter.GaussianBlur(blur))
    noise = np.random.default_rng(seed).normal(0, grain, (picture.height, picture.width)) if grain else 0
    return Image.fromarray(np.clip(np.asarray(picture, float) + noise, 0, 255).astype("uint8"))


def png(picture, dpi=150):
    """The picture as the bytes of a PNG file."""
    packed = io.BytesIO()
    picture.save(packed, "PNG", dpi=(dpi, dpi), compress_level=1)
    return packed.getvalue()


def pdf(*pictures, dpi=150):
    """A PDF that holds nothing but pictures, one a page."""
    packed = io.BytesIO()
    pictures[0].save(packed, "PDF", resolution=dpi, save_all=True, append_images=pictures[1:])
    return packed.getvalue()
