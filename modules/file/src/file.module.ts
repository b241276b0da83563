import { Module } from '@nestjs/common';
import { serves } from '@um/kernel';
import { file } from './contract.js';
import { FileController } from './file.controller.js';
import { FileService } from './file.service.js';

@Module({ controllers: [FileController], providers: [FileService, serves(file, FileService)] })
export class FileModule {}
