// Shows a question only when its condition holds. Without this module every question is shown,
// with the sentence that says when to answer it; the server decides either way.
for (const form of document.querySelectorAll("form[data-answering]")) watch(form);

function watch(form) {
  const rules = [...form.querySelectorAll("[data-if]")].map((question) => {
    const [field, test, ...value] = question.dataset.if.split(" ");
    return { question, field, test, value: value.join(" ") };
  });

  function look() {
    for (const { question, field, test, value } of rules) question.hidden = !holds(form, field, test, value);
  }

  form.addEventListener("input", look);
  form.addEventListener("change", look);
  look();
  for (const told of form.querySelectorAll(".only:not([id])")) told.hidden = true;
}

function holds(form, field, test, value) {
  const named = [...form.querySelectorAll("[name]")].filter((one) => !one.closest("[data-if][hidden]"));
  const several = named.filter((one) => one.type === "checkbox" && one.name.startsWith(`${field}_`) && one.checked);
  if (several.length) return several.some((one) => one.name === `${field}_${value}`) === (test === "is");
  const given = named.find((one) => one.name === field && (one.type !== "radio" || one.checked))?.value ?? "";
  if (given === "" || given === "none") return false;
  if (test === "is" || test === "not") return (given === value) === (test === "is");
  return test === "least" ? Number(given) >= Number(value) : Number(given) <= Number(value);
}
