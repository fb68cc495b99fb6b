// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
'use strict';

const url = location.protocol.replace('http', 'ws') + '//' + location.host + '/dev';
const $ = (id) => document.getElementById(id);

let me = null; // {nick, room} while in a room
let socket = null;
let retryDelay = 500;
let retryTimer = 0;
let whoTimer = 0;
let nicks = [];

$('nick').value = sessionStorage.getItem('nick') ?? '';

/** Returns whether it was sent. */
function send(message) {
  if (socket?.readyState !== WebSocket.OPEN) {
    show('notice error', '', 'Not connected: not sent.');
    return false;
  }
  socket.send(JSON.stringify(message));
  return true;
}

function connect() {
  const mine = socket = new WebSocket(url);
  mine.onopen = () => {
    if (socket !== mine) return; // left while it opened
    retryDelay = 500;
    setStatus(true);
    send({action: 'join', ...me});
    who();
  };
  mine.onmessage = (event) => socket === mine && receive(JSON.parse(event.data));
  mine.onclose = () => {
    if (socket !== mine) return; // left: another may be in use by now
    clearTimers();
    setStatus(false);
    // some randomness, so that not everybody comes back at once
    retryTimer = setTimeout(connect, retryDelay * (0.5 + Math.random()));
    retryDelay = Math.min(retryDelay * 2, 15000);
  };
}

function clearTimers() {
  clearTimeout(retryTimer);
  clearTimeout(whoTimer);
  whoTimer = 0;
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
      // another device of the same person may still be here; where many leave, one question will do
      whoTimer ||= setTimeout(who, 1000);
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

function who() {
  whoTimer = 0;
  send({action: 'who', room: me.room});
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
  const old = socket;
  me = socket = null;
  clearTimers();
  setStatus(false);
  old.close(1000);
  $('chat').hidden = true;
  $('entry').hidden = false;
};

$('compose').onsubmit = (event) => {
  event.preventDefault();
  const text = $('text').value.trim();
  const done = !text || (text.startsWith('/') ? whisper(text) : send({action: 'say', room: me.room, text}));
  if (done) {
    $('text').value = '';
  }
};

/** Does what "/w name text" says, and returns whether it was sent. */
function whisper(command) {
  const words = /^\/w\s+(.+)$/is.exec(command)?.[1] ?? '';
  // names may have spaces; of those that fit, the longest is sorted last
  const to = nicks.filter((nick) => words.startsWith(nick + ' ')).pop() ?? words.split(/\s/)[0];
  const text = words.slice(to.length).trim();
  if (!text) {
    show('notice error', '', 'Not sent: what begins with / is a whisper, /w name text.');
    return false;
  }
  const sent = send({action: 'whisper', to, text});
  if (sent) {
    show('mine whisper', '', 'to ' + to + ': ' + text);
  }
  return sent;
}
