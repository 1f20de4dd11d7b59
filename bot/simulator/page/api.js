// The people's side of the simulator over HTTP.

async function request(path, options) {
  const response = await fetch(path, options);
  const body = await response.json().catch(() => ({}));
  if (!response.ok) {
    throw new Error(body.description ?? body.error ?? `The simulator said ${response.status}.`);
  }
  return body;
}

const post = (path, body = {}) =>
  request(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });

const act = (personId, action, body) => post(`/sim/people/${personId}/${action}`, body);

function upload(personId, chatId, kind, file, caption) {
  const form = new FormData();
  form.append("chat_id", chatId);
  if (caption) form.append("caption", caption);
  form.append("file", file, file.name || `${kind}.bin`);
  return request(`/sim/people/${personId}/${kind}`, { method: "POST", body: form });
}

export const api = {
  state: () => request("/sim/state"),
  addPerson: (person) => post("/sim/people", person),
  text: (personId, chatId, text) => act(personId, "text", { text, chat_id: chatId }),
  press: (personId, chatId, messageId, data) =>
    act(personId, "press", { message_id: messageId, data, chat_id: chatId }),
  contact: (personId, chatId, contact = {}) => act(personId, "contact", { ...contact, chat_id: chatId }),
  location: (personId, chatId, latitude, longitude) =>
    act(personId, "location", { latitude, longitude, chat_id: chatId }),
  edit: (personId, chatId, messageId, text) => act(personId, "edit", { message_id: messageId, text, chat_id: chatId }),
  block: (personId) => act(personId, "block"),
  unblock: (personId) => act(personId, "unblock"),
  photo: (personId, chatId, file, caption) => upload(personId, chatId, "photo", file, caption),
  document: (personId, chatId, file, caption) => upload(personId, chatId, "document", file, caption),
  fileUrl: (fileId) => `/sim/files/${encodeURIComponent(fileId)}`,
};
