-- Updates of Telegram for wrk: "/check", each with an id of its own, from one chat after the other.
-- Arguments: the first update's id, the first chat's id, the number of chats, the webhook's secret.
-- The last line it prints is JSON: what became of the updates, and latencies in milliseconds.

local update_id, first_chat, chats = 0, 0, 1

local UPDATE = '{"update_id":%d,"message":{"message_id":%d,' ..
  '"from":{"id":%d,"is_bot":false,"first_name":"Person","language_code":"ru"},' ..
  '"chat":{"id":%d,"first_name":"Person","type":"private"},"date":1795000000,"text":"/check",' ..
  '"entities":[{"offset":0,"length":6,"type":"bot_command"}]}}'

function init(args)
  update_id, first_chat, chats = tonumber(args[1]), tonumber(args[2]), tonumber(args[3])
  wrk.method = "POST"
  wrk.headers["Content-Type"] = "application/json"
  wrk.headers["X-Telegram-Bot-Api-Secret-Token"] = args[4]
end

function request()
  update_id = update_id + 1
  local chat = first_chat + update_id % chats
  return wrk.format(nil, nil, nil, string.format(UPDATE, update_id, update_id, chat, chat))
end

function done(summary, latency, requests)
  local errors = summary.errors
  print(string.format(
    '{"acknowledged":%d,"refused":%d,"broken":%d,"p50":%.2f,"p99":%.2f}',
    summary.requests - errors.status, errors.status,
    errors.connect + errors.read + errors.write + errors.timeout,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
