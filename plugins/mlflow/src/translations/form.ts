/** The words of the form, of the plan and of the result page. */
export const form = {
  fields: {
    retry: 'Try again',
    choosePlatform: 'Choose a platform first.',
    platformsFailed: 'The platforms could not be loaded',
    notChecked:
      'Could not be checked right now. It is checked again when you go on.',
    checkFailed:
      'Could not be checked. Try again in a moment; the portal cannot reach the MLflow backend or its platform.',
    platform: {
      title: 'Platform',
      description: 'Where the instance runs.',
      placeholder: 'Choose a platform',
      loading: 'Loading the platforms',
      none: 'This portal has no platform for MLflow',
      noneHelp: 'A portal admin adds one under mlflow.platforms in app-config.',
      notReady: 'Not ready: {{reason}}',
      notReadyUnknown: 'Not ready; ask a platform admin.',
      noneReady: 'No platform takes an instance now',
      gone: 'This platform does not exist (any more). Choose another.',
    },
    name: {
      title: 'Name',
      description:
        'Lower-case letters, digits and hyphens. Names the instance in the catalog, in Kubernetes and in its address; it cannot be changed later.',
      checking: 'Checking whether the name is free',
      free: 'The name is free.',
      yours:
        'Yours, and not finished. With the same settings the run goes on from where the last one ended.',
      taken: 'The name is taken; choose another.',
    },
    host: {
      title: 'Host',
      description:
        'Derived from the name. Another one may be given below {{domains}}.',
      descriptionNoPlatform: 'It is derived from the name.',
      checking: 'Checking whether the host is free',
      free: 'The host is free. The address will be https://{{host}}/',
      yours: 'The host of your own instance that is not finished.',
      taken: 'The host is taken; choose another.',
    },
    owner: {
      title: 'Owner',
      description:
        'The group that owns the instance. Its members can log in to it.',
      placeholder: 'Choose a group',
      search: 'Search for a group',
      loading: 'Loading your groups',
      none: 'You are in no group that can own an instance',
      noneHelp:
        'An instance belongs to a group. Ask to be added to one, then reload the page.',
      failed: 'The groups could not be loaded',
      refused: 'You cannot choose this group as owner.',
      ofInstance:
        'This group says who may use an instance, and owns none. Choose a team.',
    },
    size: {
      title: 'Size',
      description:
        'All numbers but those of database and bucket are per replica.',
      S: 'Small',
      M: 'Medium',
      L: 'Large',
      workers_one: '{{count}} worker',
      workers_other: '{{count}} workers',
      cpu: '{{request}} to {{limit}} CPU',
      memory: '{{request}} to {{limit}} memory',
      connections: '{{connections}} database connections',
      bucket: '{{quota}} bucket',
      scratch: '{{scratch}} for uploads under way',
    },
    permission: {
      title: 'Default permission',
      description:
        'What people who can log in may do with an experiment or model that nobody shared with them.',
      NO_PERMISSIONS: 'None',
      NO_PERMISSIONSHelp:
        'Nobody sees what was not shared with them. The safest choice.',
      READ: 'Read',
      READHelp: 'Everybody sees all runs, models and artifacts.',
      EDIT: 'Edit',
      EDITHelp: 'Everybody sees and changes everything, but deletes nothing.',
      MANAGE: 'Manage',
      MANAGEHelp:
        'Everybody changes, deletes and shares everything. Only for a team that trusts all who can log in.',
    },
    line: {
      title: 'Version line',
      description:
        'MLflow and its login are tested together as one line; patches come within it.',
      placeholder: 'Choose a version line',
      option: 'MLflow {{mlflow}} (line {{line}})',
      recommended: 'Recommended',
      insecure: 'Has known security holes',
      warning: 'Known security holes',
      notOffered: 'The platform does not offer this version line.',
    },
    plan: {
      title: 'Plan',
      incomplete:
        'Choose platform, name and owner on the first page; then the plan is made here.',
      asking: 'Making the plan',
      askingWhat:
        'Kubernetes, Keycloak, PostgreSQL, the object store and the registry are asked what is there. Nothing is changed.',
      forbidden: 'No permission',
      invalid: 'With these answers nothing can be made',
      failed: 'The plan could not be made',
      needed:
        'It goes on with a plan in which nothing is in the way. See what this page says.',
    },
  },
  plan: {
    creates: 'This is what will be made. Nothing has been changed so far.',
    continues:
      'The instance is there already. The run makes what is missing and mends what has drifted.',
    unchanged:
      'The instance is there already, and everything is as it should be. The run changes nothing.',
    blocked: 'The run cannot be started like this.',
    conflicts: 'Something is in the way',
    remedy:
      'Choose another name or host on the first page, or have the owner of what is there remove it. Then come back to this page.',
    destructive: 'MLflow is away for a while, or something is lost',
    problems: 'Not everything could be asked',
    warnings: 'Good to know',
    count: {
      conflict_one: '{{count}} in the way',
      conflict_other: '{{count}} in the way',
      create_one: '{{count}} to create',
      create_other: '{{count}} to create',
      update_one: '{{count}} to change',
      update_other: '{{count}} to change',
      keep_one: '{{count}} stays as it is',
      keep_other: '{{count}} stay as they are',
    },
    action: {
      conflict: 'In the way:',
      create: 'Create',
      update: 'Change',
      keep: 'Keep',
    },
  },
  connect: {
    title: 'Your MLflow server',
    heading: 'Connect from Python or a job',
    step: 'Log in once, then create an access token in the permissions UI. It stands for your password outside the browser; treat it like one.',
    shell: 'Shell',
    python: 'Python',
    copy: 'Copy {{what}}',
    copied: 'Copied',
    copyFailed: 'Could not copy. Select the text and copy it by hand.',
  },
} as const;
