import { MAX_FRAME_BYTES } from '../gatt.ts';
import { INFO_CELL, INFO_HEAD } from '../info.ts';
import { STATUS } from '../status.ts';
import { CELL_FAULTY, CELL_SATURATED, STREAM_HEAD, STREAM_SAMPLE } from '../stream.ts';
import { byteLength, type Table } from '../table.ts';
import { cConstants, cMembers, cReadWrite } from './c-table.ts';

/** The sections of the header for info, stream and status: what the tables give, and the frames put together from it. */

const maxOf = (table: Table, name: string): number => table.find((field) => field.name === name)?.max as number;

const maxCellValues = (MAX_FRAME_BYTES - byteLength(STREAM_HEAD) - byteLength(STREAM_SAMPLE)) / 2;

export const infoSection = (): string => `/* Info: what the roller is */

${cConstants('INFO_HEAD', 'INFO', INFO_HEAD)}
${cConstants('CELL', 'CELL', INFO_CELL)}
#define ROLLER_MAX_CELLS ${maxOf(INFO_HEAD, 'cellCount')}u
#define ROLLER_MAX_INFO_BYTES ${byteLength(INFO_HEAD) + byteLength(INFO_CELL) * maxOf(INFO_HEAD, 'cellCount')}u

typedef struct {
${cMembers(INFO_CELL)}
} roller_cell;

typedef struct {
${cMembers(INFO_HEAD)}
  roller_cell cells[ROLLER_MAX_CELLS]; /* the first cell_count of them */
} roller_info;

${cReadWrite('cell', 'roller_cell', INFO_CELL)}

${cReadWrite('info_head', 'roller_info', INFO_HEAD)}

static inline size_t roller_encode_info(const roller_info *info, uint8_t *out, size_t size) {
  const size_t length = ROLLER_INFO_HEAD_BYTES + (size_t)ROLLER_CELL_BYTES * info->cell_count;
  uint8_t index;
  if (size < length || roller_write_info_head(info, out) != ROLLER_OK) return 0;
  for (index = 0; index < info->cell_count; index++) {
    if (roller_write_cell(&info->cells[index], out + ROLLER_INFO_HEAD_BYTES + (size_t)ROLLER_CELL_BYTES * index) != ROLLER_OK) return 0;
  }
  return length;
}

static inline roller_fault roller_decode_info(const uint8_t *bytes, size_t length, roller_info *out) {
  uint8_t index;
  roller_fault fault = roller_check_head(bytes, length, ROLLER_INFO_HEAD_BYTES);
  if (fault == ROLLER_OK) fault = roller_read_info_head(bytes, out);
  if (fault == ROLLER_OK) fault = roller_check_length(length, ROLLER_INFO_HEAD_BYTES + (size_t)ROLLER_CELL_BYTES * out->cell_count);
  if (fault != ROLLER_OK) return fault;
  for (index = 0; index < out->cell_count && fault == ROLLER_OK; index++) {
    fault = roller_read_cell(bytes + ROLLER_INFO_HEAD_BYTES + (size_t)ROLLER_CELL_BYTES * index, &out->cells[index]);
  }
  return fault;
}
`;

export const streamSection = (): string => `/* Stream: a notification of samples */

${cConstants('STREAM_HEAD', 'STREAM', STREAM_HEAD)}
${cConstants('SAMPLE', 'SAMPLE', STREAM_SAMPLE)}
#define ROLLER_MAX_SAMPLES ${maxOf(STREAM_HEAD, 'imuCount')}u
#define ROLLER_MAX_CELL_VALUES ${maxCellValues}u /* what fits beside one IMU sample */
#define ROLLER_CELL_SATURATED 0x${CELL_SATURATED.toString(16)}u
#define ROLLER_CELL_FAULTY 0x${CELL_FAULTY.toString(16)}u

typedef struct {
${cMembers(STREAM_SAMPLE)}
} roller_sample;

typedef struct {
${cMembers(STREAM_HEAD)}
  roller_sample imu[ROLLER_MAX_SAMPLES]; /* the first imu_count of them */
  uint16_t pressure[ROLLER_MAX_CELL_VALUES]; /* reading_count * cell_count values, reading by reading, cells in the order of info */
} roller_stream;

${cReadWrite('sample', 'roller_sample', STREAM_SAMPLE)}

${cReadWrite('stream_head', 'roller_stream', STREAM_HEAD)}

/* Bytes of a frame with these counts. */
static inline size_t roller_stream_bytes(uint8_t imu_count, uint8_t reading_count, uint8_t cell_count) {
  return ROLLER_STREAM_HEAD_BYTES + (size_t)ROLLER_SAMPLE_BYTES * imu_count + (size_t)2 * reading_count * cell_count;
}

static inline size_t roller_encode_stream(const roller_stream *frame, uint8_t *out, size_t size) {
  const size_t length = roller_stream_bytes(frame->imu_count, frame->reading_count, frame->cell_count);
  size_t index;
  uint8_t *at;
  if (length > ROLLER_MAX_FRAME_BYTES || size < length || roller_write_stream_head(frame, out) != ROLLER_OK) return 0;
  at = out + ROLLER_STREAM_HEAD_BYTES;
  for (index = 0; index < frame->imu_count; index++, at += ROLLER_SAMPLE_BYTES) {
    (void)roller_write_sample(&frame->imu[index], at); /* every raw value is allowed */
  }
  for (index = 0; at < out + length; index++, at += 2) roller_put_u16(at, frame->pressure[index]);
  return length;
}

static inline roller_fault roller_decode_stream(const uint8_t *bytes, size_t length, roller_stream *out) {
  size_t index;
  const uint8_t *at;
  roller_fault fault = roller_check_head(bytes, length, ROLLER_STREAM_HEAD_BYTES);
  if (fault == ROLLER_OK && length > ROLLER_MAX_FRAME_BYTES) fault = ROLLER_OVER_LONG;
  if (fault == ROLLER_OK) fault = roller_read_stream_head(bytes, out);
  if (fault == ROLLER_OK) fault = roller_check_length(length, roller_stream_bytes(out->imu_count, out->reading_count, out->cell_count));
  if (fault != ROLLER_OK) return fault;
  at = bytes + ROLLER_STREAM_HEAD_BYTES;
  for (index = 0; index < out->imu_count; index++, at += ROLLER_SAMPLE_BYTES) {
    (void)roller_read_sample(at, &out->imu[index]); /* every raw value is allowed */
  }
  for (index = 0; at < bytes + length; index++, at += 2) out->pressure[index] = roller_get_u16(at);
  return ROLLER_OK;
}
`;

export const statusSection = (): string => `/* Status: how the roller is */

${cConstants('STATUS', 'STATUS', STATUS)}

typedef struct {
${cMembers(STATUS)}
} roller_status;

${cReadWrite('status', 'roller_status', STATUS)}

static inline size_t roller_encode_status(const roller_status *status, uint8_t *out, size_t size) {
  return size >= ROLLER_STATUS_BYTES && roller_write_status(status, out) == ROLLER_OK ? ROLLER_STATUS_BYTES : 0;
}

static inline roller_fault roller_decode_status(const uint8_t *bytes, size_t length, roller_status *out) {
  roller_fault fault = roller_check_head(bytes, length, ROLLER_STATUS_BYTES);
  if (fault == ROLLER_OK) fault = roller_read_status(bytes, out);
  return fault == ROLLER_OK ? roller_check_length(length, ROLLER_STATUS_BYTES) : fault;
}
`;
