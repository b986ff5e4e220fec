"""The words of the story, by language; sentences end where the story says stop."""

from __future__ import annotations

from collections.abc import Mapping

SENTENCES: Mapping[str, Mapping[str, str]] = {
    "en": {
        "short": "Customers get less than they expect: gap 5 is {gap} ({low} to {high}), and it is "
        "widest in {dimension} ({worst})",
        "level": "Customers get about what they expect or more: gap 5 is {gap} ({low} to {high}); "
        "lowest is {dimension} ({worst})",
        "unknown": "How customers fare cannot be told: {reason}",
        "inside": "; inside the company the largest is gap {gap}, {name}, in {dimension}: {size} "
        "SD ({low} to {high}, n = {n})",
        "tied": ", tied with {count} more",
        "names": "knowledge, standards, delivery, communication",
        "claimed": "The evidence carries one cause: {title} (gap {gap})",
        "several": "The evidence carries {count} causes, first of all: {title} (gap {gap})",
        "none": "No cause is claimed, since no sign lies beyond chance (5 % for all together); "
        "nearest is: {title} (gap {gap})",
        "seen": ", seen in: {evidence}",
        "then": "; then: {titles}",
        "nothing": "No cause can be weighed: nobody was asked what would show one",
        "begin": "Begin with: {title} ({owner}, {first} to {last} weeks)",
        "try": "No remedy is proven to be needed; to try first: {title} ({owner}, {first} to "
        "{last} weeks)",
        "no_remedy": "No remedy is prescribed",
        "actions": "; actions so far: {told}",
        "better": "better {n}",
        "equivalent": "no different {n}",
        "worse": "worse {n}",
        "cannot_tell": "cannot tell {n}",
        "stop": ".",
    },
    "vi": {
        "short": "Khách hàng nhận được ít hơn kỳ vọng: khoảng cách 5 là {gap} ({low} đến {high}), "
        "rộng nhất ở {dimension} ({worst})",
        "level": "Khách hàng nhận được gần bằng hoặc hơn kỳ vọng: khoảng cách 5 là {gap} ({low} "
        "đến {high}); thấp nhất là {dimension} ({worst})",
        "unknown": "Chưa thể nói khách hàng được phục vụ ra sao: {reason}",
        "inside": "; bên trong doanh nghiệp, lớn nhất là khoảng cách {gap} ({name}) ở {dimension}: "
        "{size} SD ({low} đến {high}, n = {n})",
        "tied": ", chưa phân biệt được với {count} chỗ khác",
        "names": "hiểu biết, tiêu chuẩn, thực hiện, truyền thông",
        "claimed": "Bằng chứng đủ để nêu một nguyên nhân: {title} (khoảng cách {gap})",
        "several": "Bằng chứng đủ để nêu {count} nguyên nhân, trước hết: {title} (khoảng cách "
        "{gap})",
        "none": "Chưa nêu nguyên nhân nào, vì không dấu hiệu nào vượt quá ngẫu nhiên (5 % cho tất "
        "cả); gần nhất là: {title} (khoảng cách {gap})",
        "seen": ", thấy ở: {evidence}",
        "then": "; tiếp theo: {titles}",
        "nothing": "Chưa thể cân nhắc nguyên nhân nào: chưa hỏi ai điều cho thấy nguyên nhân",
        "begin": "Bắt đầu với: {title} ({first} đến {last} tuần)",
        "try": "Chưa có biện pháp nào chắc chắn là cần; nên thử trước: {title} ({first} đến {last} "
        "tuần)",
        "no_remedy": "Chưa có biện pháp nào được đề xuất",
        "actions": "; các hành động đến nay: {told}",
        "better": "tốt hơn {n}",
        "equivalent": "không khác {n}",
        "worse": "xấu hơn {n}",
        "cannot_tell": "chưa thể nói {n}",
        "stop": ".",
        "relative": "{measure}: {mean} trên 7 (n = {n}), các câu trả lời khác {others}, kém "
        "{distance} SD",
        "threshold": "{measure}: {value} (n = {n}), mốc {line}",
    },
    "nl": {
        "short": "Klanten krijgen minder dan zij verwachten: kloof 5 is {gap} ({low} tot {high}), "
        "het wijdst bij {dimension} ({worst})",
        "level": "Klanten krijgen ongeveer wat zij verwachten of meer: kloof 5 is {gap} ({low} tot "
        "{high}); het laagst is {dimension} ({worst})",
        "unknown": "Hoe het klanten vergaat, is niet te zeggen: {reason}",
        "inside": "; binnen het bedrijf is kloof {gap} ({name}) het grootst, bij {dimension}: "
        "{size} SD ({low} tot {high}, n = {n})",
        "tied": ", niet te onderscheiden van {count} andere",
        "names": "kennis, normen, uitvoering, communicatie",
        "claimed": "Het bewijs draagt één oorzaak: {title} (kloof {gap})",
        "several": "Het bewijs draagt {count} oorzaken, allereerst: {title} (kloof {gap})",
        "none": "Er wordt geen oorzaak genoemd, want geen teken valt buiten het toeval (5 % voor "
        "alle samen); het dichtst erbij is: {title} (kloof {gap})",
        "seen": ", te zien aan: {evidence}",
        "then": "; daarna: {titles}",
        "nothing": "Geen oorzaak is te wegen: niemand is gevraagd wat er een zou tonen",
        "begin": "Begin met: {title} ({first} tot {last} weken)",
        "try": "Van geen maatregel is bewezen dat hij nodig is; probeer eerst: {title} ({first} "
        "tot {last} weken)",
        "no_remedy": "Er wordt geen maatregel voorgeschreven",
        "actions": "; acties tot nu toe: {told}",
        "better": "beter {n}",
        "equivalent": "geen verschil {n}",
        "worse": "slechter {n}",
        "cannot_tell": "niet te zeggen {n}",
        "stop": ".",
        "relative": "{measure}: {mean} van 7 (n = {n}), de andere antwoorden {others}, {distance} "
        "SD slechter",
    },
    "zh-hans": {
        "short": "顾客得到的少于期望：差距 5 为 {gap}"
        "（{low} 至 {high}），以{dimension}最大（{worst}）",
        "level": "顾客得到的大致符合或超过期望：差距 5 为 {gap}"
        "（{low} 至 {high}），最低为{dimension}（{worst}）",
        "unknown": "顾客感受如何尚无法判断：{reason}",
        "inside": "；企业内部最大的是差距 {gap}（{name}），在{dimension}：{size} 个标准差"
        "（{low} 至 {high}，n = {n}）",
        "tied": "，与另外 {count} 处无法区分",
        "names": "认知, 标准, 交付, 沟通",
        "claimed": "证据足以认定一个原因：{title}（差距 {gap}）",
        "several": "证据足以认定 {count} 个原因，首先是：{title}（差距 {gap}）",
        "none": "没有认定任何原因，因为没有迹象超出偶然（合计 5 %）；"
        "最接近的是：{title}（差距 {gap}）",
        "seen": "，见于：{evidence}",
        "then": "；其次：{titles}",
        "nothing": "无法衡量任何原因：没有人被问到能显示原因的问题",
        "begin": "先做：{title}（{first} 至 {last} 周）",
        "try": "没有哪项措施证明是必要的；可先试：{title}（{first} 至 {last} 周）",
        "no_remedy": "没有建议任何措施",
        "actions": "；迄今的行动：{told}",
        "better": "更好 {n}",
        "equivalent": "没有差别 {n}",
        "worse": "更差 {n}",
        "cannot_tell": "无法判断 {n}",
        "stop": "。",
        "relative": "{measure}：{mean}（满分 7，n = {n}），"
        "其他回答 {others}，差 {distance} 个标准差",
    },
    "zh-hant": {
        "short": "顧客得到的少於期望：差距 5 為 {gap}"
        "（{low} 至 {high}），以{dimension}最大（{worst}）",
        "level": "顧客得到的大致符合或超過期望：差距 5 為 {gap}"
        "（{low} 至 {high}），最低為{dimension}（{worst}）",
        "unknown": "顧客感受如何尚無法判斷：{reason}",
        "inside": "；企業內部最大的是差距 {gap}（{name}），在{dimension}：{size} 個標準差"
        "（{low} 至 {high}，n = {n}）",
        "tied": "，與另外 {count} 處無法區分",
        "names": "認知, 標準, 交付, 溝通",
        "claimed": "證據足以認定一個原因：{title}（差距 {gap}）",
        "several": "證據足以認定 {count} 個原因，首先是：{title}（差距 {gap}）",
        "none": "沒有認定任何原因，因為沒有跡象超出偶然（合計 5 %）；"
        "最接近的是：{title}（差距 {gap}）",
        "seen": "，見於：{evidence}",
        "then": "；其次：{titles}",
        "nothing": "無法衡量任何原因：沒有人被問到能顯示原因的問題",
        "begin": "先做：{title}（{first} 至 {last} 周）",
        "try": "沒有哪項措施證明是必要的；可先試：{title}（{first} 至 {last} 周）",
        "no_remedy": "沒有建議任何措施",
        "actions": "；迄今的行動：{told}",
        "better": "更好 {n}",
        "equivalent": "沒有差別 {n}",
        "worse": "更差 {n}",
        "cannot_tell": "無法判斷 {n}",
        "stop": "。",
        "relative": "{measure}：{mean}（滿分 7，n = {n}），"
        "其他回答 {others}，差 {distance} 個標準差",
    },
}
