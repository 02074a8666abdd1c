/** Each of the two reads its own arguments. */
const main = (command: string | undefined): Promise<unknown> =>
  command === 'status'
    ? import('./statusCli.ts')
    : import('@internal/mlflow-sandbox/src/bench/cli.ts');

main(process.argv[2]).catch(error => {
  process.stderr.write(`${error}\n`);
  process.exitCode = 1;
});
