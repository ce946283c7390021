// A circuit that is lost may have been cut off because the session ended: then the page that is left goes to the sign-in.
(() => {
  const box = document.getElementById('components-reconnect-modal');
  if (!box) return;
  let asking = false;
  const ask = async () => {
    if (asking) return;
    asking = true;
    try {
      const answer = await fetch('/account/session', { cache: 'no-store' });
      if (answer.status === 401)
        location.replace('/account/login?ended=1&returnUrl=' + encodeURIComponent(location.pathname + location.search));
    } catch {
      // The host does not answer either: the box says so, and a later look may find it back.
    } finally {
      asking = false;
    }
  };
  new MutationObserver(() => {
    if (!box.classList.contains('components-reconnect-hide')) ask();
  }).observe(box, { attributes: true, attributeFilter: ['class'] });
})();
