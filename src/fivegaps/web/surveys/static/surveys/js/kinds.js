// Shows the fields that belong to the kind of question that is chosen.
const OF = {
  options: ["single", "multiple", "points"],
  low: ["nps", "csat", "ces"],
  high: ["nps", "csat", "ces"],
  minimum: ["number"],
  maximum: ["number"],
  decimals: ["number"],
};

for (const form of document.querySelectorAll("form[data-kinds]")) {
  function look() {
    for (const [name, kinds] of Object.entries(OF)) {
      form.elements[name].closest(".field").hidden = !kinds.includes(form.elements.kind.value);
    }
  }

  form.addEventListener("change", look);
  look();
}
