import { describe, expect, it } from 'vitest';
import { placeOfPointer, placeOfSyntaxError } from '../../../../infra/cli/json-place.ts';

const text = `{
  "permit": {
    "events": [
      { "type": "issued", "on": "2018-03-01" },
      { "type": "endorsed", "on": "2018-02-30" }
    ]
  },
  "a/b~c": 1
}`;

describe('the place of a pointer in a JSON text', () => {
  it.each([
    ['', 1, 1],
    ['/permit', 2, 13],
    ['/permit/events/1/on', 5, 35],
    ['/a~1b~0c', 8, 12],
  ])('is where the value stands: %s', (pointer, line, column) => {
    expect(placeOfPointer(text, pointer)).toEqual({ line, column });
  });

  it.each(['/permit/status', '/permit/nothing/at/all'])(
    'is the part around what is not there: %s',
    (pointer) => {
      expect(placeOfPointer(text, pointer)).toEqual({ line: 2, column: 13 });
    },
  );
});

describe('the place of a syntax error', () => {
  it.each([
    ['{\n  "a": 1,\n}', { line: 3, column: 1 }],
    ['{\n  "a": [1, 2\n', { line: 3, column: 1 }],
    ['{\n  "a": }', { line: 2, column: 8 }],
    ['{"a": tru}', { line: 1, column: 10 }],
    ['nope', { line: 1, column: 2 }],
    ['', { line: 1, column: 1 }],
    ['{"a": 1}', null],
  ])('is where the text stops being JSON: %j', (json, place) => {
    expect(placeOfSyntaxError(json)).toEqual(place);
  });
});
