const names = ['ink', 'ink-soft', 'ink-faint', 'line', 'line-strong', 'surface', 'pine', 'pine-wash', 'sand', 'clay', 'sky', 'grey-bar'] as const;

export type Palette = Readonly<Record<(typeof names)[number], string>> & { readonly font: string };

/** The colours of the theme now in force, for drawings that cannot read CSS variables. */
export function palette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return { ...(Object.fromEntries(names.map((name) => [name, read(name)])) as Record<(typeof names)[number], string>), font: read('font') };
}

/** What every drawing shares: the font, the tooltip, no legend (labels stand at the marks). */
export const common = (colours: Palette) => ({
  textStyle: { fontFamily: colours.font, color: colours.ink, fontSize: 12 },
  aria: { enabled: false },
  tooltip: {
    trigger: 'item' as const,
    confine: true,
    backgroundColor: colours.surface,
    borderColor: colours.line,
    textStyle: { color: colours.ink, fontFamily: colours.font, fontSize: 12 },
    extraCssText: 'box-shadow:none',
  },
});
