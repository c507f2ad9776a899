import type { Diagnosis, Health } from '@linkcast/contracts';
import { sentenceIn, textsOf, type Language, type Worded } from '@linkcast/texts';
import type { WorkerRegistry } from '../../work/worker-registry.ts';
import { healthFindings, noticeFindings, settingsFinding } from './health-findings.ts';
import { machineFindings } from './machine-findings.ts';
import { backupFinding, createDiskSpeedCheck, inodesFinding, type BackupState } from './storage-findings.ts';

export interface DiagnosisOptions extends BackupState {
  readonly mediaDir: string;
  readonly workers: Pick<WorkerRegistry, 'present'>;
}

/** Checks everything that a running installation can check of itself. @param health its state now. */
export type Diagnose = (health: Health) => Promise<Diagnosis>;

export function createDiagnose(options: DiagnosisOptions): Diagnose {
  const { mediaDir, workers } = options;
  const checkDiskSpeed = createDiskSpeedCheck(mediaDir);

  return async (health) => {
    const storage = await Promise.all([inodesFinding(mediaDir), checkDiskSpeed(), backupFinding(options)]);
    const findings = [settingsFinding(health), ...healthFindings(health), ...machineFindings(workers.present())];
    return { version: health.version, findings: [...findings, ...storage, ...noticeFindings(health.notices)] };
  };
}

/** A diagnosis with its sentences in a language. */
export function translateDiagnosis({ version, findings }: Diagnosis, language: Language): Diagnosis {
  const texts = textsOf(language);
  const translate = <T extends Worded>(reported: T): T => ({ ...reported, sentence: sentenceIn(reported, texts) });
  return {
    version,
    findings: findings.map((finding) => ({
      ...translate(finding),
      action: finding.action && translate(finding.action),
    })),
  };
}
