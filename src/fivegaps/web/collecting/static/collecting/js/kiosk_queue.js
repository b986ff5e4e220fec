// Answers that wait on the device: kept before anybody is thanked, let go when the office has
// them. The id is made here, so that an answer that is sent twice counts once.
const STORE = "answers";

export function open() {
  return new Promise((done, fail) => {
    const asked = indexedDB.open("fivegaps-kiosk", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "id" });
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });
}

function within(base, mode, work) {
  return new Promise((done, fail) => {
    const deed = base.transaction(STORE, mode, { durability: "strict" });
    const asked = work(deed.objectStore(STORE));
    deed.oncomplete = () => done(asked.result);
    deed.onerror = () => fail(deed.error);
    deed.onabort = () => fail(deed.error);
  });
}

export const keep = (base, answer) => within(base, "readwrite", (rows) => rows.put(answer));
export const forget = (base, id) => within(base, "readwrite", (rows) => rows.delete(id));
export const all = async (base) =>
  (await within(base, "readonly", (rows) => rows.getAll())).sort((a, b) => a.answered.localeCompare(b.answered));

// crypto.randomUUID is there on secure pages only; a kiosk in a shop's own network may have none.
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = [...bytes].map((one) => one.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

const TAKEN = new Set([200, 409]);
const NEVER = new Set([400, 404, 410, 413, 422]);
let busy = false;

// Sends what waits, the oldest first; stops at the first that finds no office.
export async function send(base) {
  if (busy) return;
  busy = true;
  try {
    for (const answer of await all(base)) {
      if (answer.refused) continue;
      const told = await fetch(answer.to, {
        method: "POST",
        body: new URLSearchParams(answer.fields),
        credentials: "omit",
      });
      if (TAKEN.has(told.status)) await forget(base, answer.id);
      else if (NEVER.has(told.status)) await keep(base, { ...answer, refused: told.status });
      else break;
    }
  } catch {
    // No network: the answers stay, and the next try is not far.
  } finally {
    busy = false;
  }
}
