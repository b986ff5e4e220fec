// Tells at once how long the form is, which dimensions grow thin, and what sampling costs.
for (const form of document.querySelectorAll("form[data-items]")) {
  const told = form.querySelector("[data-told]");

  function look() {
    const asked = [...form.querySelectorAll("[name=asked]:checked")].map((one) => one.value);
    const linking = [...form.querySelectorAll("[name=linking]:checked")].map((one) => one.value).filter((one) => asked.includes(one));
    const m = asked.length - linking.length;
    const k = Math.min(Number(form.elements.k.value) || 0, m);
    const n = k > 0 ? linking.length + k : asked.length;
    const seconds = Number(form.dataset.seconds) + n * Number(form.dataset.batteries) * 7;
    const parts = [form.dataset.length.replace("{n}", Math.max(2, Math.round(seconds / 60)))];
    if (k > 0 && k < m) parts.push(form.dataset.errors.replace("{factor}", Math.sqrt(m / k).toFixed(2)));
    told.textContent = `${parts.join(". ")}`;
    for (const dimension of form.querySelectorAll("[data-dimension]")) {
      const left = dimension.querySelectorAll("[name=asked]:checked").length;
      const thin = dimension.querySelector("[data-thin]");
      thin.hidden = left >= Number(form.dataset.fewest);
      thin.textContent = form.dataset.few.replace("{n}", left);
    }
  }

  form.addEventListener("input", look);
  look();
}
