// How a text is handed on, without a page: the parts plain Node can test.

/** Copy a text; where the browser forbids it, let `select` mark it for the old way. True once it is copied. */
export async function copied(text, select, device) {
  try {
    await device.navigator.clipboard.writeText(text);
    return true;
  } catch {
    select();
    return device.document.execCommand("copy");
  }
}

/** The device's own share sheet takes this link: only phones and some desktops have one, and only over https. */
export function canShare(link, navigator) {
  return typeof navigator.share === "function" && (navigator.canShare?.({ url: link }) ?? true);
}

/** Open the share sheet. Who closes it again has changed their mind: that is no error. */
export async function shareLink({ subject, text }, link, navigator) {
  try {
    await navigator.share({ title: subject, text, url: link });
    return true;
  } catch {
    return false;
  }
}

/** A day and a time as people here write them, in the time zone of this device. */
export function moment(epoch, language, zone) {
  const how = { dateStyle: "full", timeStyle: "short", timeZone: zone };
  return new Intl.DateTimeFormat(language, how).format(new Date(epoch * 1000));
}
