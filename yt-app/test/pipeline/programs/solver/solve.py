"""Lets yt-dlp's own code solve two challenges of a made-up player; prints the answers as JSON.

solve.py DENO PROXY: everything that would go to the network goes to the proxy.
"""

import json
import sys
from pathlib import Path

from yt_dlp import YoutubeDL
from yt_dlp.extractor.youtube.jsc._director import initialize_jsc_director
from yt_dlp.extractor.youtube.jsc.provider import (
    JsChallengeRequest,
    JsChallengeType,
    NChallengeInput,
    SigChallengeInput,
)

deno, proxy = sys.argv[1:]
player_url = 'https://www.youtube.com/s/player/00000000/player_ias.vflset/en_US/base.js'
player = (Path(__file__).parent / 'player.js').read_text()

with YoutubeDL({
    'js_runtimes': {'deno': {'path': deno}},
    'remote_components': set(),
    'proxy': proxy,
    'cachedir': False,
    'quiet': True,
}) as ydl:
    ie = ydl.get_info_extractor('Youtube')
    ie._load_player = lambda **_: player
    solved = initialize_jsc_director(ie).bulk_solve([
        JsChallengeRequest(JsChallengeType.N, NChallengeInput(player_url, ['abc'])),
        JsChallengeRequest(JsChallengeType.SIG, SigChallengeInput(player_url, ['xxsignature'])),
    ])
    print(json.dumps({request.type.value: response.output.results for request, response in solved}))
