import type { Markup } from "./markup.ts";

/**
 * The script of a report: the buttons beside each picture. It draws on a canvas of its own and asks nobody, so it works
 * in a file that was sent by mail. Pictures are saved as they are drawn wide; PNGs are light, at twice the size.
 */
export const saving: Markup = {
  markup: `
for (const figure of document.querySelectorAll("figure")) {
  const name = figure.dataset.name;
  const source = (light) => {
    const copy = figure.querySelector(".wide svg").cloneNode(true);
    if (light) copy.querySelector("style").remove();
    return new XMLSerializer().serializeToString(copy);
  };
  const save = (blob, kind) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name + "." + kind;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };
  const buttons = {
    SVG: () => save(new Blob([source(false)], { type: "image/svg+xml" }), "svg"),
    PNG: async () => {
      const image = new Image();
      image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(source(true));
      await image.decode();
      const canvas = document.createElement("canvas");
      canvas.width = 2 * image.naturalWidth;
      canvas.height = 2 * image.naturalHeight;
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      canvas.toBlob((blob) => save(blob, "png"), "image/png");
    },
  };
  const row = document.createElement("p");
  row.className = "save";
  for (const [kind, action] of Object.entries(buttons)) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = kind;
    button.title = "Save this picture as " + kind;
    button.addEventListener("click", action);
    row.append(button);
  }
  figure.append(row);
}
`,
};
