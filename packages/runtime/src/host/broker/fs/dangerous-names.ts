/** Wherever it stands in a path, and everything below it. Lower case. */
const ANYWHERE: ReadonlySet<string> = new Set([
  // Version control: hooks and configuration name programs to run. The whole directory, since moving it away and a
  // prepared one into its place would come to the same.
  '.git',
  '.hg',
  '.svn',
  '.gitconfig',
  '.gitmodules',
  '.gitattributes',
  '.hgrc',
  '.husky',
  // Keys, credentials and what tools read from the environment.
  '.ssh',
  'authorized_keys',
  'authorized_keys2',
  '.gnupg',
  '.aws',
  '.kube',
  '.docker',
  '.netrc',
  '.npmrc',
  '.yarnrc',
  '.yarnrc.yml',
  '.pnpmfile.cjs',
  '.pypirc',
  '.env',
  '.envrc',
  // Shell start-up files.
  '.bashrc',
  '.bash_profile',
  '.bash_login',
  '.bash_logout',
  '.bash_aliases',
  '.profile',
  '.zshrc',
  '.zprofile',
  '.zshenv',
  '.zlogin',
  '.zlogout',
  '.cshrc',
  '.tcshrc',
  '.kshrc',
  '.inputrc',
  '.xinitrc',
  '.xprofile',
  '.xsession',
  '.xsessionrc',
  // Editors and tools that run what a folder tells them to.
  '.vscode',
  '.idea',
  '.vim',
  '.vimrc',
  '.exrc',
  '.nvimrc',
  '.emacs',
  '.emacs.d',
  '.devcontainer',
  '.dir-locals.el',
  '.gdbinit',
  '.direnv',
  '.mise.toml',
  '.tool-versions',
  '.pre-commit-config.yaml',
  '.github',
  '.gitlab-ci.yml',
  '.circleci',
  // Configuration and instructions of agents, and of the servers they start.
  '.mcp.json',
  'mcp.json',
  '.claude',
  '.claude.json',
  'claude.md',
  'claude.local.md',
  'agents.md',
  'agents.override.md',
  'gemini.md',
  '.gemini',
  '.codex',
  '.cursor',
  '.cursorrules',
  '.windsurf',
  '.windsurfrules',
  '.clinerules',
  '.roo',
  '.aider.conf.yml',
  '.continue',
  '.agents',
  'skill.md',
  'carapace.json',
  'carapace.lock',
  '.carapace',
]);

/** One name below another, wherever the pair stands. Lower case. */
const PAIRS: ReadonlySet<string> = new Set([
  'node_modules/.bin',
  '.config/autostart',
  '.config/systemd',
  '.config/fish',
  '.config/powershell',
  '.config/git',
  '.config/gh',
  '.config/gcloud',
  '.config/environment.d',
  '.config/carapace',
  '.local/bin',
  'library/launchagents',
  'library/launchdaemons',
]);

/** What a desktop, a shell, an editor or an interpreter acts on by its ending; `.env.local` as much as `.env`. */
const ACTIVE_NAME = /\.(?:desktop|pth|code-workspace|command|lnk|url|scf)$|^\.env\./;

/** Elsewhere these are plain names: `booking.service` may be anybody's notes. */
const UNIT_NAME = /\.(?:service|timer|socket|path)$/;
const UNIT_DIRECTORY = /^(?:systemd|user|system|autostart)$/;

/**
 * Whether another program would run or trust what is written at this path: refused inside every grant, since whoever
 * granted a folder meant its documents. Case is ignored, for file systems and programs that ignore it. Such a list is
 * never complete: it stops the known ways from a written file to code, and the grant's `match` is the real wall.
 */
export function isDangerousPath(components: readonly string[]): boolean {
  const folded = components.map(foldName);
  return folded.some((name, index) => {
    const parent = folded[index - 1];
    if (ANYWHERE.has(name) || ACTIVE_NAME.test(name)) return true;
    return parent !== undefined && (PAIRS.has(`${parent}/${name}`) || isUnit(name, parent));
  });
}

function isUnit(name: string, parent: string): boolean {
  return UNIT_NAME.test(name) && UNIT_DIRECTORY.test(parent);
}

/** Some file systems drop trailing dots and spaces, or hold compatibility forms for the same name. */
function foldName(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[. ]+$/, '');
}
