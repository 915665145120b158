"""Hostile files, made when the tests run: nothing harmful is stored in the repository."""

import io
import struct
import zipfile
import zlib

XLSX_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DOCX_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
DECLARED = '<?xml version="1.0" encoding="UTF-8"?>'


def zipped(parts, *, compression=zipfile.ZIP_DEFLATED):
    """Zip of (name, content) pairs; names may be as wicked as they like, and may repeat."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as packed:
        for name, content in parts:
            packed.writestr(zipfile.ZipInfo(name) if compression == 0 else name, content, compression)
    return stream.getvalue()


def _package(part, content_type, relation):
    types = (
        f'{DECLARED}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        f'ContentType="application/xml"/><Override PartName="/{part}" ContentType="{content_type}"/></Types>'
    )
    rels = (
        f'{DECLARED}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{OFFICE}/{relation}" Target="{part}"/></Relationships>'
    )
    return [("[Content_Types].xml", types), ("_rels/.rels", rels)]


def docx_parts(body="<w:p><w:r><w:t>text</w:t></w:r></w:p>", *, document=None):
    """Parts of a DOCX; `document` replaces the whole main part."""
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    text = document or f'{DECLARED}<w:document xmlns:w="{DOCX_MAIN}"><w:body>{body}</w:body></w:document>'
    return [*_package("word/document.xml", main, "officeDocument"), ("word/document.xml", text)]


def xlsx_parts(rows='<row r="1"><c r="A1" t="inlineStr"><is><t>name</t></is></c></row>', *, sheet=None):
    """Parts of an XLSX with one sheet; `sheet` replaces the whole sheet part."""
    main = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    page = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
    types, rels = _package("xl/workbook.xml", main, "officeDocument")
    override = f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{page}"/></Types>'
    book = (
        f'{DECLARED}<workbook xmlns="{XLSX_MAIN}" xmlns:r="{OFFICE}"><sheets>'
        f'<sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>'
    )
    book_rels = (
        f'{DECLARED}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
    )
    text = sheet or f'{DECLARED}<worksheet xmlns="{XLSX_MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    return [
        (types[0], types[1].replace("</Types>", override)),
        rels,
        ("xl/workbook.xml", book),
        ("xl/_rels/workbook.xml.rels", book_rels),
        ("xl/worksheets/sheet1.xml", text),
    ]


def text_cell(place, text):
    """One cell of a sheet."""
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def png(width, height):
    """PNG of one colour whose header is true and whose pixels take a few kilobytes."""

    def chunk(kind, content):
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    pixels = zlib.compress(bytes(1 + (width + 7) // 8) * min(height, 50))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def pdf(objects, *, root=1):
    """PDF of numbered objects with a true cross-reference table."""
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    return bytes(out) + f"trailer\n<</Size {len(objects) + 1}/Root {root} 0 R>>\nstartxref\n{start}\n%%EOF".encode()


def pdf_pages(count):
    """PDF with so many empty pages."""
    kids = " ".join(f"{at} 0 R" for at in range(3, 3 + count))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"
    tree = f"<</Type/Pages/Count {count}/Kids[{kids}]>>".encode()
    return pdf([b"<</Type/Catalog/Pages 2 0 R>>", tree, *[page] * count])


GIF = b"GIF89a\xff\xff\xff\xff\0\0\0,\0\0\0\0\xff\xff\xff\xff\0\x02\x02\x4c\x01\0;"
"""A GIF of 33 bytes that says it is 65535 pixels wide and high."""


def flagged_as_encrypted(content):
    """The same zip with the flag that says its first part is encrypted, in both headers."""
    out = bytearray(content)
    out[6] |= 1
    out[out.index(b"PK\x01\x02") + 8] |= 1
    return bytes(out)


def broken_in_the_middle(content):
    """The same zip with its packed bytes overwritten."""
    out = bytearray(content)
    middle = len(out) // 3
    out[middle : middle + 40] = b"\xff" * 40
    return bytes(out)
