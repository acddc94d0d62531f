-- POST /refresh: each thread rotates a session of its own. The file with their refresh tokens stands behind "--".
local threads = 0

function setup(thread)
  threads = threads + 1
  thread:set("line", threads)
end

function init(args)
  local at = 0
  for text in io.lines(args[1]) do
    at = at + 1
    if at == line then token = text end
  end
  wrk.method = "POST"
end

function request()
  return wrk.format(nil, nil, { Authorization = "Bearer " .. token })
end

function response(_, _, body)
  token = body:match('"refresh_token":"([^"]+)"') or token
end
