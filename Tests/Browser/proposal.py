"""What the stories' applicant writes. Invented."""

TITLE = "老旧小区更新中居民协商机制的演示研究"

PROSE = (
    "本研究以若干老旧小区的更新过程为对象，考察居民、物业与街道之间如何形成可持续的协商机制，"
    "比较不同议事规则下的参与程度与决策质量，并据此提出可检验的制度设计建议。全部内容均为演示所写。"
    "研究将结合访谈、问卷与档案材料，按阶段推进，每一阶段都有可核对的产出。")

ANSWERS = {
    "title": TITLE,
    "keywords": "社区治理、居民协商、城市更新",
    "summary": PROSE,
    "amount": "50000",
}

COMMENT = (
    "选题具有现实意义，研究设计较为完整，方法与问题基本匹配，技术路线清楚可行；"
    "建议进一步说明样本选择的依据，并补充与已有研究的比较。")

# The smallest file that is a PDF by its content.
PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj
trailer<</Root 1 0 R>>
%%EOF
"""
