import { PlanInput } from 'backstage-plugin-mlflow-common';
import { SchemaOf, Z } from './zod';

/** What the form of the create template asks, as actions take it. */
export const claimInput: {
  [Key in keyof Required<PlanInput>]: (z: Z) => SchemaOf<PlanInput[Key]>;
} = {
  platform: (z: Z) =>
    z.string().describe('Platform, a key of mlflow.platforms'),
  name: (z: Z) =>
    z
      .string()
      .describe(
        'Name of the instance: up to 40 of a to z, 0 to 9 and hyphens, beginning with a letter',
      ),
  owner: (z: Z) => z.string().describe('Entity reference of the owning group'),
  description: (z: Z) =>
    z.string().optional().describe('One line for the catalog'),
  host: (z: Z) =>
    z
      .string()
      .optional()
      .describe(
        'Host name below a domain of the platform; derived from the name when empty',
      ),
  line: (z: Z) =>
    z.string().optional().describe('Version line, 3.17 when empty'),
  size: (z: Z) => z.string().optional().describe('S, M or L; S when empty'),
  replicas: (z: Z) =>
    z.number().optional().describe('Server pods, 1 to 10; 1 when empty'),
  defaultPermission: (z: Z) =>
    z
      .string()
      .optional()
      .describe(
        'What users may do with what nobody granted to them: NO_PERMISSIONS, READ, EDIT or MANAGE; NO_PERMISSIONS when empty',
      ),
  metrics: (z: Z) =>
    z
      .boolean()
      .optional()
      .describe('Whether Prometheus can scrape it; yes when empty'),
};
