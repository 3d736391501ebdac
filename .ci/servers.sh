# The servers that .ci/run tests on; sourced by it. Each is taken from TEST_…_URL where that is set, and else started by the
# script of its name in a folder of such scripts: TIDEMARK_ENGINES, or shared/engines beside the clone. Such a script prints
# the server's address as its last line. Exit status 3 says that it cannot be had on this machine now: then its tests are
# skipped, by name. Any other failure is one of the whole run.

engines=${TIDEMARK_ENGINES:-../shared/engines}
server_names='postgres postgres18 mysql mariadb mariadb11 pgbouncer galera'
server_files=$(mktemp -d)

variable_of() { printf 'TEST_%s_URL' "$(printf %s "$1" | tr '[:lower:]' '[:upper:]')"; }

# Starts what is not there yet, in the background: meanwhile other work can go on.
start_servers() {
  local name variable
  for name in $server_names; do
    variable=$(variable_of "$name")
    [ -n "${!variable:-}" ] && continue
    if [ ! -x "$engines/$name" ]; then
      printf 'There is no %s/%s: %s is looked for at its usual address (see CONTRIBUTING.md).\n' "$engines" "$name" "$name"
      continue
    fi
    {
      "$engines/$name" >"$server_files/$name.url" 2>"$server_files/$name.log" && status=0 || status=$?
      printf '%s\n' "$status" >"$server_files/$name.status"
    } &
  done
}

# Waits for them, exports their addresses, and requires all but those that cannot be had.
await_servers() {
  local name variable status required='' failed=''
  wait
  for name in $server_names; do
    variable=$(variable_of "$name")
    status=$(cat "$server_files/$name.status" 2>/dev/null || echo 0)
    case $status in
    0)
      [ -s "$server_files/$name.url" ] && export "$variable=$(tail -n 1 "$server_files/$name.url")"
      required=${required:+$required,}$name
      printf '%-11s %s\n' "$name" "$(without_password "${!variable:-its usual address}")"
      ;;
    3)
      printf '%-11s CANNOT BE HAD HERE NOW: its tests are skipped.\n' "$name"
      tail -n 3 "$server_files/$name.log"
      ;;
    *)
      printf '%-11s failed to start (%s):\n' "$name" "$status"
      tail -n 20 "$server_files/$name.log"
      failed=1
      ;;
    esac
  done
  rm -rf "$server_files"
  # Where there are such scripts, there is a server to be killed too: tests start it by themselves.
  [ -d "$engines" ] && required=${required:+$required,}engines
  export TIDEMARK_REQUIRE=$required TIDEMARK_ENGINES=$engines
  [ -z "$failed" ]
}

without_password() { printf %s "$1" | sed -E 's#(//[^:@/]*):[^@/]*@#\1:********@#'; }
