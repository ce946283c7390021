// Whether the session behind a console page is alive. A page whose session has ended goes to the sign-in.
(() => {
  const betweenUses = 30000;
  let asking = false;
  const ask = async (query) => {
    if (asking) return;
    asking = true;
    try {
      const answer = await fetch('/account/session' + query, { cache: 'no-store' });
      if (answer.status === 401)
        location.replace('/account/login?ended=1&returnUrl=' + encodeURIComponent(location.pathname + location.search));
    } catch {
      // The host does not answer either: the page says so, and a later look may find it back.
    } finally {
      asking = false;
    }
  };

  // A circuit that is lost may have been cut off because the session ended.
  const box = document.getElementById('components-reconnect-modal');
  new MutationObserver(() => {
    if (!box.classList.contains('components-reconnect-hide')) ask('');
  }).observe(box, { attributes: true, attributeFilter: ['class'] });

  // A page that updates itself is not in use; one that somebody points at or types into is.
  let told = Date.now();
  const use = () => {
    if (Date.now() - told < betweenUses) return;
    told = Date.now();
    ask('?used');
  };
  for (const event of ['pointerdown', 'keydown', 'wheel']) addEventListener(event, use, { capture: true, passive: true });
})();
