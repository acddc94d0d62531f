-- So many copies of one request at a time as stands behind "--" on wrk's command line.
function init(args)
  batch = string.rep(wrk.format(), tonumber(args[1]))
end

function request()
  return batch
end
