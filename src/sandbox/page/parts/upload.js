// @ts-check
const LARGEST = 5_000_000;

/** A chosen file as the sandbox takes it. @param {File} file @returns {Promise<{name: string, base64: string}|{error: string}>} */
export async function readUpload(file) {
  if (file.size > LARGEST)
    return { error: `${file.name} is larger than 5 MB, which is what the sandbox takes.` };
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = '';
  // String.fromCharCode takes its bytes as arguments, of which there may not be millions.
  for (let at = 0; at < bytes.length; at += 8192)
    binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return { name: file.name, base64: btoa(binary) };
}
