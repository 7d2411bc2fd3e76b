export interface NpmPlace {
  platform?: NodeJS.Platform;
  /** Where the Node.js of this process is. */
  node?: string;
  environment?: Readonly<Record<string, string | undefined>>;
  exists?: (file: string) => boolean;
}

export function npmCommand(place?: NpmPlace): { file: string; arguments: string[] };

export function runNpm(
  args: readonly string[],
  options?: { cwd?: string; env?: NodeJS.ProcessEnv },
): Promise<{ stdout: string; stderr: string }>;
