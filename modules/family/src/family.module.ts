import { Module } from '@nestjs/common';
import { serves, works } from '@um/kernel';
import { ApprovalReader } from './approvals.reader.js';
import { ApprovalsController } from './approvals.controller.js';
import { ApprovalsService } from './approvals.service.js';
import { ChildrenController } from './children.controller.js';
import { ChildrenService } from './children.service.js';
import { family } from './contract.js';
import { FamilyJobs } from './family.jobs.js';
import { FamilyService } from './family.service.js';
import { PoliciesService } from './policies.service.js';

@Module({
  controllers: [ChildrenController, ApprovalsController],
  providers: [
    ChildrenService,
    ApprovalsService,
    ApprovalReader,
    PoliciesService,
    FamilyService,
    serves(family, FamilyService),
    FamilyJobs,
    works('family', FamilyJobs),
  ],
})
export class FamilyModule {}
