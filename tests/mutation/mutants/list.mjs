// How a room writes its list.

/** The mutations of one room. Each gets the room's prefix and a number of its own, which stay when others are added at the end. */
export function room(title, prefix, folder, entries) {
  return entries.map(([name, file, edits, tests], index) => ({
    id: `${prefix}-${String(index + 1).padStart(2, '0')}`,
    room: title,
    name,
    tests: tests.split(' '),
    edits: [edits].flat().map(edit => ({ file: edit.file ?? `${folder}/${file}`, ...edit })),
  }));
}

/** An expression of the same type in place of this one. */
export const swap = (original, by) => ({ original, swap: by });

/** The statement that begins with this text does not happen. */
export const drop = original => ({ original, drop: true });

/** The condition holds, whatever it was. */
export const always = original => ({ original, code: `(@M || ${original})` });

/** The condition does not hold, whatever it was. */
export const never = original => ({ original, code: `(!@M && ${original})` });

/** Written out, with @M for the switch. */
export const code = (original, text) => ({ original, code: text });

/** Other SQL in place of this, inside a raw string of several lines. */
export const sql = (original, by) => ({ original, code: `\n        """ + (@M ? ${JSON.stringify(` ${by} `)} : ${JSON.stringify(` ${original} `)}) + """\n        ` });
