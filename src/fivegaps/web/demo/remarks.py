"""What customers of the invented bank add in their own words, by dimension and language.

Fair words stand under ``praise``. All of it is invented, as the rest of the bank is.
"""

from __future__ import annotations

from collections.abc import Mapping

PRAISE = "praise"

REMARKS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "en": {
        "tangibles": (
            "One cash machine is always out of order.",
            "The statement is four pages long and I understand none of them.",
        ),
        "reliability": (
            "I was promised a call on Tuesday. It came a week later, after I asked again.",
            "The standing order was wrong twice. Right the first time would be enough.",
            "You told me three days for the loan; it took eleven.",
        ),
        "responsiveness": (
            "Twenty minutes at the counter, with two of the four counters closed.",
            "Nobody could tell me when it would be done.",
        ),
        "assurance": (
            "The adviser had to look everything up and still was not sure.",
            "I was sent from one desk to the next; each told me something else.",
        ),
        "empathy": (
            "You close at four. I work until five.",
            "I was offered a product I already have.",
        ),
        PRAISE: (
            "The people at the counter are kind and know me. Please keep them.",
            "The lost card was blocked within a minute. Thank you.",
        ),
    },
    "vi": {
        "tangibles": ("Máy rút tiền ở cửa lúc nào cũng hỏng.",),
        "reliability": ("Hẹn gọi lại thứ Ba mà một tuần sau mới gọi, sau khi tôi hỏi lại.",),
        "responsiveness": ("Chờ hai mươi phút trong khi hai quầy đóng cửa.",),
        "assurance": ("Nhân viên phải tra cứu mọi thứ mà vẫn không chắc.",),
        "empathy": ("Ngân hàng đóng cửa lúc bốn giờ, tôi làm việc đến năm giờ.",),
        PRAISE: ("Nhân viên ở quầy rất tử tế.",),
    },
    "nl": {
        "tangibles": ("De geldautomaat bij de ingang is altijd kapot.",),
        "reliability": ("Beloofd was drie dagen voor de lening; het werden er elf.",),
        "responsiveness": ("Twintig minuten wachten terwijl twee loketten dicht waren.",),
        "assurance": ("Elke balie vertelde mij iets anders.",),
        "empathy": ("U sluit om vier uur. Ik werk tot vijf.",),
        PRAISE: ("Vriendelijke mensen aan het loket, houd ze vast.",),
    },
    "zh-hans": {
        "tangibles": ("门口的取款机总是坏的。",),
        "reliability": ("说好星期二回电，结果我再问了一次，过了一周才打来。",),
        "responsiveness": ("四个窗口关了两个，等了二十分钟。",),
        "assurance": ("每个柜台的说法都不一样。",),
        "empathy": ("你们四点关门，我五点才下班。",),
        PRAISE: ("柜台的人很亲切。",),
    },
    "zh-hant": {
        "tangibles": ("門口的提款機總是故障。",),
        "reliability": ("說好三天核貸，結果等了十一天。",),
        "responsiveness": ("四個櫃台關了兩個，等了二十分鐘。",),
        "assurance": ("行員什麼都要查，最後還是不確定。",),
        "empathy": ("推薦給我的產品，我早就有了。",),
        PRAISE: ("櫃台人員很親切。",),
    },
}
