/* A bundle's archive: stored files in the order of their names, with fixed headers and not a byte more. */

const MAX_ARCHIVE = 2 ** 32 - 1;
const MAX_MEMBERS = 20000;
const MAX_DIRECTORY = 16 * 2 ** 20;
const MAX_NAME = 1000;
const MODE = 0o100644 * 2 ** 16;
const FIRST_DAY = 33; // 1 January 1980
const FORBIDDEN = /[\\:*?"<>|\u0000-\u001f\u007f]/;

/** What a bundle never is; *word* names the sentence that says so. */
class Refused extends Error {
  constructor(word, name = "") {
    super(word);
    this.word = word;
    this.name = name;
  }
}

/** Return the files of an archive by name, and whether it holds bytes that no bundle has. */
async function openArchive(file) {
  const end = await directoryEnd(file);
  // Bytes before the first file move everything: it is still read, and named as what no bundle has.
  const moved = file.size - 22 - end.size - end.start;
  const directory = await bytesOf(file, end.start + moved, file.size - 22);
  const members = [];
  let at = 0;
  let place = 0;
  let hasOtherBytes = moved !== 0 || !end.isPlain;
  while (members.length < end.count) {
    const member = parseMember(directory, at);
    const begin = member.offset + moved;
    const head = await bytesOf(file, begin, begin + 30 + 4 * MAX_NAME);
    const view = new DataView(head.buffer);
    if (head.length < 30 || view.getUint32(0, true) !== 0x04034b50) throw new Refused("not-an-archive");
    const start = begin + 30 + view.getUint16(26, true) + view.getUint16(28, true);
    hasOtherBytes ||= member.offset !== place || !startsWith(head, localHeader(member));
    hasOtherBytes ||= !startsWith(directory.subarray(at), centralHeader(member));
    members.push({ ...member, start });
    at += member.length;
    place = start + member.size - moved;
  }
  hasOtherBytes ||= place !== end.start || at !== directory.length || !isSorted(members.map((member) => member.name));
  checkNames(members.map((member) => member.name));
  const files = new Map(members.map((member) => [member.name, () => contentOf(file, member)]));
  return { files, hasOtherBytes };
}

async function directoryEnd(file) {
  if (file.size < 22 || file.size > MAX_ARCHIVE) throw new Refused("not-an-archive");
  const view = new DataView((await bytesOf(file, file.size - 22, file.size)).buffer);
  const [count, size, start] = [view.getUint16(10, true), view.getUint32(12, true), view.getUint32(16, true)];
  if (view.getUint32(0, true) !== 0x06054b50 || start + size + 22 > file.size) throw new Refused("not-an-archive");
  if (count > MAX_MEMBERS || size > MAX_DIRECTORY) throw new Refused("too-many-files");
  const isPlain = view.getUint32(4, true) === 0 && view.getUint16(8, true) === count && view.getUint16(20, true) === 0;
  return { count, size, start, isPlain };
}

function parseMember(directory, at) {
  const view = new DataView(directory.buffer, directory.byteOffset + at);
  if (view.byteLength < 46 || view.getUint32(0, true) !== 0x02014b50) throw new Refused("not-an-archive");
  const lengths = [28, 30, 32].map((place) => view.getUint16(place, true));
  const encoded = directory.subarray(at + 46, at + 46 + lengths[0]);
  const name = decodeText(encoded);
  const [packed, size] = [view.getUint32(20, true), view.getUint32(24, true)];
  if (view.getUint16(10, true) !== 0 || packed !== size) throw new Refused("compressed", name);
  if (view.getUint16(8, true) & 1) throw new Refused("encrypted", name);
  if (view.getUint32(38, true) >>> 16 !== 0o100644) throw new Refused("special-file", name);
  return {
    name,
    encoded,
    size,
    crc: view.getUint32(16, true),
    offset: view.getUint32(42, true),
    length: 46 + lengths[0] + lengths[1] + lengths[2],
  };
}

/** Return the fields that both headers of a member have, as [bytes, value]. */
function sharedFields(member) {
  const flags = member.encoded.every((byte) => byte < 128) ? 0 : 0x800;
  return [
    [2, 20],
    [2, flags],
    [2, 0],
    [2, 0],
    [2, FIRST_DAY],
    [4, member.crc],
    [4, member.size],
    [4, member.size],
    [2, member.encoded.length],
    [2, 0],
  ];
}

function localHeader(member) {
  return packed([[4, 0x04034b50], ...sharedFields(member)], member.encoded);
}

function centralHeader(member) {
  const before = [[4, 0x02014b50], [1, 20], [1, 3]];
  const after = [[2, 0], [2, 0], [2, 0], [4, MODE], [4, member.offset]];
  return packed([...before, ...sharedFields(member), ...after], member.encoded);
}

function packed(fields, name) {
  const bytes = [];
  for (const [length, value] of fields) {
    for (let place = 0; place < length; place += 1) bytes.push(Math.floor(value / 256 ** place) % 256);
  }
  return new Uint8Array([...bytes, ...name]);
}

/** Return a file's bytes, null when they do not fit the archive's own checksum. */
async function contentOf(file, member) {
  const content = await bytesOf(file, member.start, member.start + member.size);
  return content.length === member.size && crc32(content) === member.crc ? content : null;
}

function checkNames(names) {
  const seen = new Set();
  for (const name of names) {
    const parts = name.split("/");
    const isInside = parts.every((part) => !["", ".", ".."].includes(part) && !/[ .]$/.test(part));
    if (!isInside || [...name].length > MAX_NAME || FORBIDDEN.test(name)) throw new Refused("bad-name", name);
    const plain = name.normalize("NFC").toLowerCase();
    if (seen.has(plain)) throw new Refused("same-name", name);
    seen.add(plain);
  }
}

/** Return the files of a folder that a bundle was unpacked into, by their names in the bundle. */
function openFolder(chosen) {
  const files = new Map();
  for (const file of chosen) {
    const name = file.webkitRelativePath.split("/").slice(1).join("/");
    files.set(name, () => bytesOf(file, 0, file.size));
  }
  return { files, hasOtherBytes: false };
}

async function bytesOf(file, start, end) {
  return new Uint8Array(await file.slice(start, end).arrayBuffer());
}

function startsWith(bytes, beginning) {
  return beginning.every((byte, place) => bytes[place] === byte);
}

/** True if names are in the order of their characters' code points, which is that of their bytes in UTF-8. */
function isSorted(names) {
  return names.every((name, place) => place === 0 || compareTexts(names[place - 1], name) < 0);
}

function compareTexts(one, other) {
  const [first, second] = [one, other].map((text) => [...text].map((character) => character.codePointAt(0)));
  const place = first.findIndex((code, at) => code !== second[at]);
  return place < 0 ? first.length - second.length : first[place] - (second[place] ?? -1);
}

const CRC_TABLE = new Uint32Array(256).map((_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

function crc32(bytes) {
  let value = -1;
  for (let place = 0; place < bytes.length; place += 1) value = (value >>> 8) ^ CRC_TABLE[(value ^ bytes[place]) & 255];
  return ~value >>> 0;
}

function decodeText(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Refused("bad-name");
  }
}
