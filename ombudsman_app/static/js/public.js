/* The behaviours of the public face. web/assets.py puts the imported files here, in this order. */
import { behaviours } from "./loader.js";
import { connection } from "./behaviours/connection.js";
import { copy, goBack, lookAgain, print } from "./behaviours/small.js";
import { countCharacters } from "./behaviours/count_characters.js";
import { errorSummary } from "./behaviours/error_summary.js";
import { filter } from "./behaviours/filter.js";
import { forgetAnswers, keepAnswers } from "./behaviours/keep_answers.js";
import { liveSearch } from "./behaviours/live_search.js";
import { nearMe } from "./behaviours/near_me.js";
import { sendOnce } from "./behaviours/send_once.js";

behaviours({
  connection,
  copy,
  print,
  filter,
  "count-characters": countCharacters,
  "error-summary": errorSummary,
  "forget-answers": forgetAnswers,
  "go-back": goBack,
  "keep-answers": keepAnswers,
  "live-search": liveSearch,
  "look-again": lookAgain,
  "near-me": nearMe,
  "send-once": sendOnce,
});
