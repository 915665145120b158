"use strict";
/* Search keys of names, as the package computes them (esep.names): one spelling a sound, so that every script meets.
   The letters and rules come from assets/fold-tables.js. Without lookbehind (old browsers) names are compared as written. */
var esepFold = (() => {
  const settled = (text) => text.replace(/c/g, "C").replace(/x/g, "X").replace(/j/g, "J");
  const printed = (text) => text.replace(/C/g, "ch").replace(/X/g, "sh").replace(/J/g, "j");
  const letters = (table, column) => new Map(esepTables[table].map((row) => [row.letter, settled(row[column])]));
  const folded = new Map([...letters("latin", "folded"), ...letters("cyrillic", "folded")]);
  const arabic = letters("arabic", "arabic");
  const kazakhArabic = letters("arabic", "kazakh");
  const groups = new Map(esepTables.latin_spellings.map((row) => [row.group, settled(row.folded)]));
  const group = new RegExp([...groups.keys()].sort((a, b) => b.length - a.length).join("|"), "g");
  const toCyrillic = new Map(esepTables.homoglyphs.map((row) => [row.latin, row.cyrillic]));
  const toLatin = new Map(esepTables.homoglyphs.map((row) => [row.cyrillic, row.latin]));
  const rulesOf = (stage) => esepTables.spelling_rules.filter((row) => row.stage === stage)
    .map((row) => [new RegExp(row.pattern, "g"), row.sound]);
  const habits = {};
  for (const stage of ["german", "polish", "jot", "turkish", "plain"]) habits[stage] = rulesOf(stage);
  const latinRules = rulesOf("latin");
  const lastRules = rulesOf("all");
  const linking = new Set(["al", "el", "ibn", "bin", "ben"]);
  const invisible = /[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]/g;
  const marks = "\\u0300-\\u036f\\u0483-\\u0487\\u0610-\\u061a\\u064b-\\u065f\\u0670\\u06d6-\\u06ed\\u0900-\\u0dff";
  const word = new RegExp(`[\\p{L}\\p{N}](?:[\\p{L}\\p{N}]|[${marks}])*`, "gu");
  const apostrophe = /(?<=[\p{L}\p{N}_])['’‘ʼʻʹ`´′"″ʺ]+(?=[\p{L}\p{N}_])/gu;
  const isLatin = /[a-z\u00c0-\u02af\u1e00-\u1eff]/gi;
  const isCyrillic = /[\u0400-\u052f\u1c80-\u1c8f\ua640-\ua69f]/g;

  const visible = (text) => text.replace(invisible, "").normalize("NFKC").toLowerCase().replace(/ß/g, "ss").normalize("NFKC");
  const apply = (rules, text) => rules.reduce((now, [pattern, sound]) => now.replace(pattern, sound), text);

  function repair(text) {
    const latin = text.match(isLatin) || [];
    const cyrillic = text.match(isCyrillic) || [];
    if (!latin.length || !cyrillic.length) return text;
    const even = latin.length === cyrillic.length;
    const known = cyrillic.every((one) => toLatin.has(one)) && !latin.every((one) => toCyrillic.has(one));
    const table = latin.length > cyrillic.length || (even && known) ? toLatin : toCyrillic;
    return [...text].map((one) => table.get(one) || one).join("");
  }

  function withoutMarks(text) {
    let out = "";
    for (const one of text.normalize("NFD")) {
      if (one <= "\u007f") out += one;
      else if (/\p{M}/u.test(one)) continue;
      else if (folded.has(one)) out += folded.get(one);
      else if (/[\p{L}\p{N}]/u.test(one)) out += "u" + one.codePointAt(0).toString(16);
    }
    return out;
  }

  function habitOf(text) {
    if (/[eoi]wa?$|sch/.test(text)) return /sz|cz|rz|ł|z(?!e)|(?<!n)z/.test(text) ? "polish" : "german";
    if (/[čšžěřŝ]|[aei]j$|sk[ai]ja?$/.test(text)) return "jot";
    return /c/.test(text) && /[ışğöüŋ]/.test(text) ? "turkish" : "plain";
  }

  function foldLetters(text) {
    const habit = habits[habitOf(text)];
    let now = [...text].map((one) => (folded.has(one) ? folded.get(one) : one)).join("");
    if (/[^\x00-\x7f]/.test(now)) now = withoutMarks(now);
    now = apply(habit, now).replace(group, (found) => groups.get(found));
    return apply(latinRules, now).replace(/[^A-Za-z0-9]/g, "");
  }

  function foldArabic(text) {
    const kazakh = /[ەۇۆۋڭھٴ]/.test(text);
    const plain = kazakh ? text : text.replace(/^(?:و?ال)(?=...)/, "");
    const table = kazakh ? kazakhArabic : arabic;
    const now = [...plain].map((one) => (table.has(one) ? table.get(one) : one)).join("");
    return /^[A-Za-z0-9]+$/.test(now) ? now : foldLetters(withoutMarks(now));
  }

  function foldOnce(text) {
    const sounds = /[\u0600-\u06ff\u0750-\u077f]/.test(text) ? foldArabic(text) : foldLetters(text);
    return printed(apply(lastRules, sounds));
  }

  function fold(text) {
    let now = foldOnce(repair(visible(text)));
    for (let i = 0; i < 6; i += 1) {
      const again = foldOnce(now);
      if (again === now) break;
      now = again;
    }
    return now;
  }

  return (text) => {
    const found = (visible(text).replace(apostrophe, "").match(word) || []).map(fold).filter(Boolean);
    const kept = found.filter((one) => !linking.has(one));
    return kept.length ? kept : found;
  };
})();
