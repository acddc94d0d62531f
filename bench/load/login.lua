-- POST /login with the body that stands behind "--" on wrk's command line.
function init(args)
  wrk.method = "POST"
  wrk.headers["Content-Type"] = "application/json"
  wrk.body = args[1]
end
