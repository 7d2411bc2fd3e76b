for (const button of document.querySelectorAll('button[data-username]')) {
  button.addEventListener('click', () => {
    document.querySelector('#username').value = button.dataset.username;
    document.querySelector('#password').value = button.dataset.password;
    document.querySelector('#Login').focus();
  });
}
