/* The behaviours of the staff and portal faces. web/assets.py puts the imported files here, in this order. */
import { behaviours } from "./loader.js";
import { connection } from "./behaviours/connection.js";
import { copy, foldAway, goBack, print } from "./behaviours/small.js";
import { countCharacters } from "./behaviours/count_characters.js";
import { errorSummary } from "./behaviours/error_summary.js";
import { filter } from "./behaviours/filter.js";
import { forgetAnswers, keepAnswers } from "./behaviours/keep_answers.js";
import { keysSwitch, listKeys } from "./behaviours/list_keys.js";
import { liveSearch } from "./behaviours/live_search.js";
import { progress } from "./behaviours/progress.js";
import { queuePage } from "./behaviours/queue_page.js";
import { sendOnce } from "./behaviours/send_once.js";

behaviours({
  connection,
  copy,
  print,
  filter,
  "count-characters": countCharacters,
  "error-summary": errorSummary,
  "fold-away": foldAway,
  "forget-answers": forgetAnswers,
  "go-back": goBack,
  "keep-answers": keepAnswers,
  "keys-switch": keysSwitch,
  "list-keys": listKeys,
  "live-search": liveSearch,
  progress,
  "queue-page": queuePage,
  "send-once": sendOnce,
});
