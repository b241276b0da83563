import { Module } from '@nestjs/common';
import { serves } from '@um/kernel';
import { file } from './contract.js';
import { FileController } from './file.controller.js';
import { FileService } from './file.service.js';
import { Library } from './library.js';

@Module({
  controllers: [FileController],
  providers: [FileService, Library, serves(file, FileService)],
})
export class FileModule {}
