// What an update or a call is about, in a line.

// -> {who: person or chat id, text}
export function summary(row) {
  const body = row.body ?? {};
  return row.kind === "update" ? ofUpdate(body) : ofCall(row.title, body.params ?? body);
}

function ofUpdate(body) {
  // The update may be wrapped ({message: {...}}) or be the event itself.
  const event = Object.values(body).find((value) => value?.from || value?.chat) ?? body;
  const who = event.from?.id ?? event.chat?.id;
  if (event.data !== undefined) return { who, text: event.data };
  if (event.new_chat_member) {
    return { who, text: `${event.old_chat_member?.status ?? "?"} → ${event.new_chat_member.status}` };
  }
  return { who, text: event.text ?? event.caption ?? kindOf(event) };
}

function ofCall(method, params) {
  const who = numeric(params.chat_id ?? params.user_id);
  const file = params.document ?? params.photo;
  const text =
    params.text ?? params.caption ?? params.action ?? (file && nameOf(file)) ??
    params.message_id ?? params.callback_query_id ?? params.url ?? params.commands ?? "";
  return { who, text: plain(typeof text === "string" ? text : JSON.stringify(text)) };
}

const numeric = (value) => (typeof value === "string" && /^-?\d+$/.test(value) ? Number(value) : value);

const nameOf = (file) => (typeof file === "string" ? file : (file.file_name ?? file.filename ?? "file"));

// Calls carry the text as HTML; the line shows what it says.
function plain(text) {
  return text.replace(/<\/?[a-z][^<>]*>/gi, "").replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&quot;/g, '"').replace(/&amp;/g, "&");
}

function kindOf(event) {
  if (event.contact) return `contact ${event.contact.phone_number}`;
  if (event.location) return `location ${event.location.latitude}, ${event.location.longitude}`;
  if (event.document) return event.document.file_name ?? "document";
  return event.photo ? "photo" : "";
}
