"""Crawlers of language models that tests request pages as. `ai_crawlers` has all for robots.txt."""

from handler.domain.previews.crawlers.crawler import Citation, Crawler

GPTBOT = Crawler(
    name="gptbot",
    label="GPTBot",
    kind="assistant",
    user_agent="Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; "
    "+https://openai.com/gptbot)",
    robots="GPTBot",
    citations=(Citation("P", "https://platform.openai.com/docs/bots", ("user_agent", "robots")),),
)
CLAUDEBOT = Crawler(
    name="claudebot",
    label="ClaudeBot",
    kind="assistant",
    user_agent="Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; ClaudeBot/1.0; "
    "+claudebot@anthropic.com)",
    robots="ClaudeBot",
    citations=(
        Citation("P", "https://support.claude.com/en/articles/8896518", ("user_agent", "robots")),
    ),
)
PERPLEXITYBOT = Crawler(
    name="perplexitybot",
    label="PerplexityBot",
    kind="assistant",
    user_agent="Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; "
    "PerplexityBot/1.0; +https://perplexity.ai/perplexitybot)",
    robots="PerplexityBot",
    citations=(Citation("P", "https://docs.perplexity.ai/guides/bots", ("user_agent", "robots")),),
)
