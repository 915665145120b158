"use strict";
/* Search keys of names, as the package computes them (esep.names.folding): one spelling a sound, so that scripts meet.
   Letters, rules, patterns and variants come from assets/fold-tables.js. A browser without lookbehind has no esepFold;
   then names are compared as they are written. */
var esepFold = (() => {
  const settled = (text) => text.replace(/c/g, "C").replace(/x/g, "X").replace(/j/g, "J");
  const printed = (text) => text.replace(/C/g, "ch").replace(/X/g, "sh").replace(/J/g, "j");
  const letters = (table, column) => new Map(esepTables[table].map((row) => [row.letter, settled(row[column])]));
  const pattern = (name, flags) => new RegExp(esepTables.patterns[name], flags || "");
  const other = esepTables.other.map((row) => [row.letter, row.plain]);
  const folded = new Map([...other, ...letters("latin", "folded"), ...letters("cyrillic", "folded")]);
  const arabic = letters("arabic", "arabic");
  const kazakhArabic = letters("arabic", "kazakh");
  const groups = new Map(esepTables.latin_spellings.map((row) => [row.group, settled(row.folded)]));
  const group = pattern("group", "g");
  const variants = new Map(Object.entries(esepTables.variants));
  const toCyrillic = new Map(esepTables.homoglyphs.map((row) => [row.latin, row.cyrillic]));
  const toLatin = new Map(esepTables.homoglyphs.map((row) => [row.cyrillic, row.latin]));
  const rulesOf = (stage) => esepTables.spelling_rules.filter((row) => row.stage === stage)
    .map((row) => [row.needs, new RegExp(row.pattern, "g"), row.sound.replace(/\\(\d)/g, "$$$1")]);
  const rules = Object.fromEntries(["german", "polish", "jot", "turkish", "plain", "latin", "arabic", "all"]
    .map((stage) => [stage, rulesOf(stage)]));
  const hasArabic = pattern("has_arabic");
  const kazakhOnly = pattern("kazakh_only_arabic");
  const article = pattern("arabic_article");
  const turkic = pattern("turkic_latin");
  const library = pattern("library_latin");
  const german = pattern("german_ending");
  const polish = pattern("polish");
  const unsettled = pattern("unsettled");
  const isLatin = pattern("latin", "g");
  const isCyrillic = pattern("cyrillic", "g");
  const invisible = pattern("invisible", "g");
  const linking = new Set(esepTables.linking);
  const word = new RegExp(`[\\p{L}\\p{N}](?:[\\p{L}\\p{N}]|[${esepTables.patterns.marks}])*`, "gu");
  const apostrophe = /(?<=[\p{L}\p{N}_])['’‘ʼʻʹ`´′"″ʺ]+(?=[\p{L}\p{N}_])/gu;
  const isAscii = (text) => !/[^\x00-\x7f]/.test(text);

  const visible = (text) =>
    text.replace(invisible, "").normalize("NFKC").toLowerCase().replace(/ß/g, "ss").normalize("NFKC");
  const apply = (stage, text) => rules[stage].reduce(
    (now, [needs, found, sound]) => (now.includes(needs) ? now.replace(found, sound) : now), text);

  function repair(text) {
    const latin = text.match(isLatin) || [];
    const cyrillic = text.match(isCyrillic) || [];
    if (!latin.length || !cyrillic.length) return text;
    const even = latin.length === cyrillic.length;
    const known = cyrillic.every((one) => toLatin.has(one)) && !latin.every((one) => toCyrillic.has(one));
    const table = latin.length > cyrillic.length || (even && known) ? toLatin : toCyrillic;
    return [...text].map((one) => table.get(one) || one).join("");
  }

  function digit(one) {
    let code = one.codePointAt(0);
    let value = 0;
    while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - 1))) {
      code -= 1;
      value += 1;
    }
    return String(value);
  }

  function withoutMarks(text) {
    let out = "";
    for (const one of text.normalize("NFD")) {
      if (isAscii(one)) out += one;
      else if (/\p{M}/u.test(one)) continue;
      else if (/\p{Nd}/u.test(one)) out += digit(one);
      else if (folded.has(one)) out += folded.get(one);
      else if (/[\p{L}\p{N}]/u.test(one)) out += `u${one.codePointAt(0).toString(16)}`;
    }
    return out;
  }

  function habitOf(text) {
    if (/w|sch/.test(text) && german.test(text)) return polish.test(text) ? "polish" : "german";
    if ((text.includes("j") || !isAscii(text)) && library.test(text)) return "jot";
    return text.includes("c") && turkic.test(text) ? "turkish" : "plain";
  }

  const translated = (table, text) => [...text].map((one) => (table.has(one) ? table.get(one) : one)).join("");

  function foldLetters(text) {
    const habit = habitOf(text);
    let now = translated(folded, text);
    if (!isAscii(now)) now = withoutMarks(now);
    now = apply(habit, now).replace(group, (found) => groups.get(found));
    return apply("latin", now).replace(/[^A-Za-z0-9]/g, "");
  }

  function foldArabic(text, kazakh) {
    const plain = kazakh ? text : text.replace(article, "");
    let now = translated(kazakh ? kazakhArabic : arabic, plain);
    if (!kazakh) now = apply("arabic", now);
    return /^[A-Za-z0-9]+$/.test(now) ? now : foldLetters(withoutMarks(now));
  }

  function foldOnce(text, kazakh) {
    const sounds = hasArabic.test(text) ? foldArabic(text, kazakh || kazakhOnly.test(text)) : foldLetters(text);
    return printed(apply("all", sounds));
  }

  function fold(text, kazakh) {
    let now = foldOnce(repair(text), kazakh);
    for (let i = 0; i < 6 && unsettled.test(now); i += 1) {
      const again = foldOnce(now, false);
      if (again === now) break;
      now = again;
    }
    return variants.get(now) || now;
  }

  return (text) => {
    const kazakh = kazakhOnly.test(text);
    const parts = visible(text).replace(apostrophe, "").match(word) || [];
    const found = parts.map((one) => fold(one, kazakh)).filter(Boolean);
    const kept = found.filter((one) => !linking.has(one));
    return kept.length ? kept : found;
  };
})();
