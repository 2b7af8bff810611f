def define_env(env):
    env.variables["team"] = "Platform"

    @env.macro
    def button(text, url):
        return f"[{text}]({url}){{ .md-button }}"
