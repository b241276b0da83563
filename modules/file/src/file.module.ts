import { Module } from '@nestjs/common';
import { serves } from '@um/kernel';
import { file } from './contract.js';
import { DocumentsController } from './documents.controller.js';
import { Documents } from './documents.service.js';
import { FileController } from './file.controller.js';
import { FileService } from './file.service.js';
import { Library } from './library.js';

@Module({
  controllers: [DocumentsController, FileController],
  providers: [FileService, Documents, Library, serves(file, FileService)],
})
export class FileModule {}
