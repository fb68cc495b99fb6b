// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
'use strict';

const url = location.protocol.replace('http', 'ws') + '//' + location.host + '/dev';
const $ = (id) => document.getElementById(id);

let me = null; // {nick, room} while in a room
let socket = null;
let retryDelay = 500;
let nicks = [];

$('nick').value = sessionStorage.getItem('nick') ?? '';

function send(message) {
  if (socket?.readyState === WebSocket.OPEN) {
    socket.send(JSON.stringify(message));
  } else {
    show('notice error', '', 'Not connected: not sent.');
  }
}

function connect() {
  socket = new WebSocket(url);
  socket.onopen = () => {
    retryDelay = 500;
    setStatus(true);
    send({action: 'join', ...me});
    send({action: 'who', room: me.room});
  };
  socket.onmessage = (event) => receive(JSON.parse(event.data));
  socket.onclose = () => {
    setStatus(false);
    if (me) {
      // some randomness, so that not everybody comes back at once
      setTimeout(() => me && connect(), retryDelay * (0.5 + Math.random()));
      retryDelay = Math.min(retryDelay * 2, 15000);
    }
  };
}

function setStatus(online) {
  $('status').textContent = online ? 'online' : me ? 'reconnecting …' : 'offline';
  $('status').className = online ? 'online' : 'offline';
}

function receive(message) {
  switch (message.type) {
    case 'joined':
      show('notice', '', message.nick + ' joined');
      setNicks([...nicks, message.nick]);
      break;
    case 'left':
      show('notice', '', message.nick + ' left');
      // another device of the same person may still be here
      send({action: 'who', room: message.room});
      break;
    case 'said':
      show(message.from === me?.nick ? 'mine' : '', message.from, message.text);
      break;
    case 'whispered':
      show('whisper', message.from + ' whispers', message.text);
      break;
    case 'who':
      setNicks(message.nicks);
      break;
    default:
      show('notice error', '', message.message);
  }
}

function setNicks(names) {
  nicks = [...new Set(names)].sort();
  $('nicks').textContent = nicks.join(', ');
}

function show(kind, from, text) {
  const item = document.createElement('li');
  item.className = kind;
  if (from) {
    item.append(Object.assign(document.createElement('b'), {textContent: from}));
  }
  item.append(text);
  const log = $('log');
  const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 80;
  log.append(item);
  if (atEnd) {
    log.scrollTop = log.scrollHeight;
  }
}

$('entry').onsubmit = (event) => {
  event.preventDefault();
  me = {nick: $('nick').value.trim(), room: $('room').value.trim()};
  sessionStorage.setItem('nick', me.nick);
  $('title').textContent = me.room;
  $('log').replaceChildren();
  setNicks([]);
  $('entry').hidden = true;
  $('chat').hidden = false;
  $('text').focus();
  connect();
};

$('leave').onclick = () => {
  me = null;
  socket.close(1000);
  $('chat').hidden = true;
  $('entry').hidden = false;
};

$('compose').onsubmit = (event) => {
  event.preventDefault();
  const text = $('text').value.trim();
  const whisper = /^\/w\s+(\S+)\s+(.+)$/s.exec(text);
  if (whisper) {
    send({action: 'whisper', to: whisper[1], text: whisper[2]});
    show('mine whisper', '', 'to ' + whisper[1] + ': ' + whisper[2]);
  } else if (text) {
    send({action: 'say', room: me.room, text});
  }
  $('text').value = '';
};
