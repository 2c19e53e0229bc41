/*
 * roller_protocol.h - smart-roller protocol, version 1. SPDX-License-Identifier: MIT
 *
 * Generated from the frame tables by "npm run generate"; do not edit. SPEC.md beside it says what everything means.
 * C99 (and C++11), no heap, nothing but the three headers below. Numbers are raw, as sent: a name that ends in _x10 holds
 * ten times the unit before it, one that ends in _div10 a tenth.
 *
 * Encoders give the number of bytes written, or 0 when a value is not allowed or "size" is too small.
 * Decoders take any bytes and give ROLLER_OK or the reason for refusing them; "out" is then not to be used.
 */
#ifndef ROLLER_PROTOCOL_H
#define ROLLER_PROTOCOL_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifdef __cplusplus
extern "C" {
#endif

#define ROLLER_PROTOCOL_VERSION 1u
#define ROLLER_MAX_FRAME_BYTES 244u
#define ROLLER_MIN_MTU 100u

/* Own UUIDs as lists of bytes, least significant first, as they go on the air: uint8_t uuid[16] = { ROLLER_UUID_STREAM }; */
/* 81bb0001-c6dd-42cb-9747-773742386231 */
#define ROLLER_UUID_SERVICE 0x31, 0x62, 0x38, 0x42, 0x37, 0x77, 0x47, 0x97, 0xcb, 0x42, 0xdd, 0xc6, 0x01, 0x00, 0xbb, 0x81
/* 81bb0002-c6dd-42cb-9747-773742386231 */
#define ROLLER_UUID_INFO 0x31, 0x62, 0x38, 0x42, 0x37, 0x77, 0x47, 0x97, 0xcb, 0x42, 0xdd, 0xc6, 0x02, 0x00, 0xbb, 0x81
/* 81bb0003-c6dd-42cb-9747-773742386231 */
#define ROLLER_UUID_STREAM 0x31, 0x62, 0x38, 0x42, 0x37, 0x77, 0x47, 0x97, 0xcb, 0x42, 0xdd, 0xc6, 0x03, 0x00, 0xbb, 0x81
/* 81bb0004-c6dd-42cb-9747-773742386231 */
#define ROLLER_UUID_STATUS 0x31, 0x62, 0x38, 0x42, 0x37, 0x77, 0x47, 0x97, 0xcb, 0x42, 0xdd, 0xc6, 0x04, 0x00, 0xbb, 0x81
/* 81bb0005-c6dd-42cb-9747-773742386231 */
#define ROLLER_UUID_CONTROL 0x31, 0x62, 0x38, 0x42, 0x37, 0x77, 0x47, 0x97, 0xcb, 0x42, 0xdd, 0xc6, 0x05, 0x00, 0xbb, 0x81

/* Why bytes were refused. */
typedef enum {
  ROLLER_OK = 0,
  ROLLER_TRUNCATED,
  ROLLER_OVER_LONG,
  ROLLER_UNKNOWN_VERSION,
  ROLLER_UNKNOWN_FRAME,
  ROLLER_RESERVED_BITS,
  ROLLER_OUT_OF_RANGE,
  ROLLER_UNKNOWN_VALUE
} roller_fault;

/* The reason by the name that the specification and the test vectors use. */
static inline const char *roller_fault_name(roller_fault fault) {
  switch (fault) {
    case ROLLER_OK: return "ok";
    case ROLLER_TRUNCATED: return "truncated";
    case ROLLER_OVER_LONG: return "over-long";
    case ROLLER_UNKNOWN_VERSION: return "unknown-version";
    case ROLLER_UNKNOWN_FRAME: return "unknown-frame";
    case ROLLER_RESERVED_BITS: return "reserved-bits";
    case ROLLER_OUT_OF_RANGE: return "out-of-range";
    case ROLLER_UNKNOWN_VALUE: return "unknown-value";
  }
  return "";
}

static inline uint16_t roller_get_u16(const uint8_t *bytes) {
  return (uint16_t)(bytes[0] | (uint16_t)(bytes[1] << 8));
}

static inline int16_t roller_get_i16(const uint8_t *bytes) {
  const uint16_t raw = roller_get_u16(bytes);
  return raw < 0x8000u ? (int16_t)raw : (int16_t)((int32_t)raw - 0x10000);
}

static inline uint32_t roller_get_u32(const uint8_t *bytes) {
  return roller_get_u16(bytes) | ((uint32_t)roller_get_u16(bytes + 2) << 16);
}

static inline void roller_put_u16(uint8_t *bytes, uint16_t value) {
  bytes[0] = (uint8_t)(value & 0xffu);
  bytes[1] = (uint8_t)(value >> 8);
}

static inline void roller_put_i16(uint8_t *bytes, int16_t value) {
  roller_put_u16(bytes, (uint16_t)value);
}

static inline void roller_put_u32(uint8_t *bytes, uint32_t value) {
  roller_put_u16(bytes, (uint16_t)(value & 0xffffu));
  roller_put_u16(bytes + 2, (uint16_t)(value >> 16));
}

/* Whether bytes can hold the head of a frame. The version is judged first: a frame of another one may be shorter. */
static inline roller_fault roller_check_head(const uint8_t *bytes, size_t length, size_t head_bytes) {
  if (length < 1) return ROLLER_TRUNCATED;
  if (bytes[0] != ROLLER_PROTOCOL_VERSION) return ROLLER_UNKNOWN_VERSION;
  return length < head_bytes ? ROLLER_TRUNCATED : ROLLER_OK;
}

static inline roller_fault roller_check_length(size_t length, size_t expected) {
  if (length == expected) return ROLLER_OK;
  return length < expected ? ROLLER_TRUNCATED : ROLLER_OVER_LONG;
}

/* Info: what the roller is */

#define ROLLER_INFO_HEAD_BYTES 40u
#define ROLLER_INFO_TOOL_ROLLER 0u
#define ROLLER_INFO_TOOL_STICK 1u
#define ROLLER_INFO_TOOL_BALL 2u
#define ROLLER_INFO_TEXTURE_SOFT 0u
#define ROLLER_INFO_TEXTURE_FIRM 1u
#define ROLLER_INFO_TEXTURE_TEXTURED 2u
#define ROLLER_INFO_AXIS_X 0u
#define ROLLER_INFO_AXIS_Y 1u
#define ROLLER_INFO_AXIS_Z 2u
#define ROLLER_INFO_AXIS_UNKNOWN 255u
#define ROLLER_INFO_RADIUS_MM_X10_MIN 50u
#define ROLLER_INFO_RADIUS_MM_X10_MAX 3000u
#define ROLLER_INFO_LENGTH_MM_MIN 10u
#define ROLLER_INFO_LENGTH_MM_MAX 2000u
#define ROLLER_INFO_IMU_RATE_MILLI_HZ_MIN 10000u
#define ROLLER_INFO_IMU_RATE_MILLI_HZ_MAX 1000000u
#define ROLLER_INFO_GYRO_RANGE_DPS_MIN 100u
#define ROLLER_INFO_GYRO_RANGE_DPS_MAX 4000u
#define ROLLER_INFO_ACCEL_RANGE_G_MIN 1u
#define ROLLER_INFO_ACCEL_RANGE_G_MAX 64u
#define ROLLER_INFO_SAMPLES_PER_FRAME_MIN 1u
#define ROLLER_INFO_SAMPLES_PER_FRAME_MAX 16u
#define ROLLER_INFO_MOUNT_FIRST_MM_X10_MIN (-3000)
#define ROLLER_INFO_MOUNT_FIRST_MM_X10_MAX 3000
#define ROLLER_INFO_MOUNT_FIRST_MM_X10_ABSENT INT16_MIN
#define ROLLER_INFO_MOUNT_SECOND_MM_X10_MIN (-3000)
#define ROLLER_INFO_MOUNT_SECOND_MM_X10_MAX 3000
#define ROLLER_INFO_MOUNT_SECOND_MM_X10_ABSENT INT16_MIN
#define ROLLER_INFO_PRESSURE_RATE_MILLI_HZ_MAX 1000000u
#define ROLLER_INFO_PRESSURE_UNIT_PASCAL 0u
#define ROLLER_INFO_PRESSURE_UNIT_COUNTS 1u
#define ROLLER_INFO_CELL_COUNT_MAX 32u
#define ROLLER_INFO_PRESSURE_SCALE_PA_MIN 1u
#define ROLLER_INFO_PRESSURE_SCALE_PA_MAX 1000u
#define ROLLER_CELL_BYTES 6u
#define ROLLER_CELL_AXIAL_MM_MIN (-1000)
#define ROLLER_CELL_AXIAL_MM_MAX 1000
#define ROLLER_CELL_ANGLE_DEG_X100_MAX 35999u
#define ROLLER_CELL_ANGLE_DEG_X100_ABSENT 65535u
#define ROLLER_CELL_AREA_MM2_MIN 1u
#define ROLLER_MAX_CELLS 32u
#define ROLLER_MAX_INFO_BYTES 232u

typedef struct {
  int16_t axial_mm; /* middle of the cell along the axis, from that of the roller [mm] */
  uint16_t angle_deg_x100; /* direction of the cell, seen from the axis; absent: it always faces the body [0.01 deg]; may be ABSENT */
  uint16_t area_mm2; /* area over which the cell averages [mm2] */
} roller_cell;

typedef struct {
  uint8_t tool; /* kind of tool */
  uint8_t texture; /* surface */
  uint8_t axis; /* sensor axis that lies along the axis of rotation */
  uint8_t device_id[8]; /* unique for each device made, the same for its whole life */
  uint16_t radius_mm_x10; /* outer radius, unloaded [0.1 mm] */
  uint16_t length_mm; /* length along the axis (a ball: its diameter) [mm] */
  uint32_t imu_rate_milli_hz; /* IMU sample rate [mHz] */
  uint16_t gyro_range_dps; /* full scale of the gyroscope [deg/s] */
  uint8_t accel_range_g; /* full scale of the accelerometer [g] */
  uint8_t samples_per_frame; /* IMU samples in a notification */
  int16_t mount_first_mm_x10; /* mounting offset along the first in-plane axis [0.1 mm]; may be ABSENT */
  int16_t mount_second_mm_x10; /* mounting offset along the second in-plane axis [0.1 mm]; may be ABSENT */
  uint32_t pressure_rate_milli_hz; /* rate of pressure readings; 0 without cells [mHz] */
  uint8_t pressure_unit; /* whether the cells are calibrated */
  uint8_t cell_count; /* pressure cells, each with an entry below */
  uint16_t pressure_scale_pa; /* pressure of one raw step [Pa] */
  roller_cell cells[ROLLER_MAX_CELLS]; /* the first cell_count of them */
} roller_info;

static inline roller_fault roller_read_cell(const uint8_t *bytes, roller_cell *out) {
  out->axial_mm = roller_get_i16(bytes + 0);
  if (out->axial_mm < (-1000) || out->axial_mm > 1000) return ROLLER_OUT_OF_RANGE;
  out->angle_deg_x100 = roller_get_u16(bytes + 2);
  if (out->angle_deg_x100 != 65535u && (out->angle_deg_x100 > 35999u)) return ROLLER_OUT_OF_RANGE;
  out->area_mm2 = roller_get_u16(bytes + 4);
  if (out->area_mm2 < 1u) return ROLLER_OUT_OF_RANGE;
  return ROLLER_OK;
}

static inline roller_fault roller_write_cell(const roller_cell *in, uint8_t *bytes) {
  if (in->axial_mm < (-1000) || in->axial_mm > 1000) return ROLLER_OUT_OF_RANGE;
  if (in->angle_deg_x100 != 65535u && (in->angle_deg_x100 > 35999u)) return ROLLER_OUT_OF_RANGE;
  if (in->area_mm2 < 1u) return ROLLER_OUT_OF_RANGE;
  roller_put_i16(bytes + 0, in->axial_mm);
  roller_put_u16(bytes + 2, in->angle_deg_x100);
  roller_put_u16(bytes + 4, in->area_mm2);
  return ROLLER_OK;
}

static inline roller_fault roller_read_info_head(const uint8_t *bytes, roller_info *out) {
  if (bytes[0] != 1u) return ROLLER_UNKNOWN_VERSION;
  out->tool = bytes[1];
  if (out->tool != 0u && out->tool != 1u && out->tool != 2u) return ROLLER_UNKNOWN_VALUE;
  out->texture = bytes[2];
  if (out->texture != 0u && out->texture != 1u && out->texture != 2u) return ROLLER_UNKNOWN_VALUE;
  out->axis = bytes[3];
  if (out->axis != 0u && out->axis != 1u && out->axis != 2u && out->axis != 255u) return ROLLER_UNKNOWN_VALUE;
  memcpy(out->device_id, bytes + 4, 8);
  out->radius_mm_x10 = roller_get_u16(bytes + 12);
  if (out->radius_mm_x10 < 50u || out->radius_mm_x10 > 3000u) return ROLLER_OUT_OF_RANGE;
  out->length_mm = roller_get_u16(bytes + 14);
  if (out->length_mm < 10u || out->length_mm > 2000u) return ROLLER_OUT_OF_RANGE;
  out->imu_rate_milli_hz = roller_get_u32(bytes + 16);
  if (out->imu_rate_milli_hz < 10000u || out->imu_rate_milli_hz > 1000000u) return ROLLER_OUT_OF_RANGE;
  out->gyro_range_dps = roller_get_u16(bytes + 20);
  if (out->gyro_range_dps < 100u || out->gyro_range_dps > 4000u) return ROLLER_OUT_OF_RANGE;
  out->accel_range_g = bytes[22];
  if (out->accel_range_g < 1u || out->accel_range_g > 64u) return ROLLER_OUT_OF_RANGE;
  out->samples_per_frame = bytes[23];
  if (out->samples_per_frame < 1u || out->samples_per_frame > 16u) return ROLLER_OUT_OF_RANGE;
  out->mount_first_mm_x10 = roller_get_i16(bytes + 24);
  if (out->mount_first_mm_x10 != INT16_MIN && (out->mount_first_mm_x10 < (-3000) || out->mount_first_mm_x10 > 3000)) return ROLLER_OUT_OF_RANGE;
  out->mount_second_mm_x10 = roller_get_i16(bytes + 26);
  if (out->mount_second_mm_x10 != INT16_MIN && (out->mount_second_mm_x10 < (-3000) || out->mount_second_mm_x10 > 3000)) return ROLLER_OUT_OF_RANGE;
  out->pressure_rate_milli_hz = roller_get_u32(bytes + 28);
  if (out->pressure_rate_milli_hz > 1000000u) return ROLLER_OUT_OF_RANGE;
  out->pressure_unit = bytes[32];
  if (out->pressure_unit != 0u && out->pressure_unit != 1u) return ROLLER_UNKNOWN_VALUE;
  out->cell_count = bytes[33];
  if (out->cell_count > 32u) return ROLLER_OUT_OF_RANGE;
  out->pressure_scale_pa = roller_get_u16(bytes + 34);
  if (out->pressure_scale_pa < 1u || out->pressure_scale_pa > 1000u) return ROLLER_OUT_OF_RANGE;
  if (roller_get_u32(bytes + 36) != 0u) return ROLLER_RESERVED_BITS;
  return ROLLER_OK;
}

static inline roller_fault roller_write_info_head(const roller_info *in, uint8_t *bytes) {
  if (in->tool != 0u && in->tool != 1u && in->tool != 2u) return ROLLER_UNKNOWN_VALUE;
  if (in->texture != 0u && in->texture != 1u && in->texture != 2u) return ROLLER_UNKNOWN_VALUE;
  if (in->axis != 0u && in->axis != 1u && in->axis != 2u && in->axis != 255u) return ROLLER_UNKNOWN_VALUE;
  if (in->radius_mm_x10 < 50u || in->radius_mm_x10 > 3000u) return ROLLER_OUT_OF_RANGE;
  if (in->length_mm < 10u || in->length_mm > 2000u) return ROLLER_OUT_OF_RANGE;
  if (in->imu_rate_milli_hz < 10000u || in->imu_rate_milli_hz > 1000000u) return ROLLER_OUT_OF_RANGE;
  if (in->gyro_range_dps < 100u || in->gyro_range_dps > 4000u) return ROLLER_OUT_OF_RANGE;
  if (in->accel_range_g < 1u || in->accel_range_g > 64u) return ROLLER_OUT_OF_RANGE;
  if (in->samples_per_frame < 1u || in->samples_per_frame > 16u) return ROLLER_OUT_OF_RANGE;
  if (in->mount_first_mm_x10 != INT16_MIN && (in->mount_first_mm_x10 < (-3000) || in->mount_first_mm_x10 > 3000)) return ROLLER_OUT_OF_RANGE;
  if (in->mount_second_mm_x10 != INT16_MIN && (in->mount_second_mm_x10 < (-3000) || in->mount_second_mm_x10 > 3000)) return ROLLER_OUT_OF_RANGE;
  if (in->pressure_rate_milli_hz > 1000000u) return ROLLER_OUT_OF_RANGE;
  if (in->pressure_unit != 0u && in->pressure_unit != 1u) return ROLLER_UNKNOWN_VALUE;
  if (in->cell_count > 32u) return ROLLER_OUT_OF_RANGE;
  if (in->pressure_scale_pa < 1u || in->pressure_scale_pa > 1000u) return ROLLER_OUT_OF_RANGE;
  bytes[0] = 1u;
  bytes[1] = in->tool;
  bytes[2] = in->texture;
  bytes[3] = in->axis;
  memcpy(bytes + 4, in->device_id, 8);
  roller_put_u16(bytes + 12, in->radius_mm_x10);
  roller_put_u16(bytes + 14, in->length_mm);
  roller_put_u32(bytes + 16, in->imu_rate_milli_hz);
  roller_put_u16(bytes + 20, in->gyro_range_dps);
  bytes[22] = in->accel_range_g;
  bytes[23] = in->samples_per_frame;
  roller_put_i16(bytes + 24, in->mount_first_mm_x10);
  roller_put_i16(bytes + 26, in->mount_second_mm_x10);
  roller_put_u32(bytes + 28, in->pressure_rate_milli_hz);
  bytes[32] = in->pressure_unit;
  bytes[33] = in->cell_count;
  roller_put_u16(bytes + 34, in->pressure_scale_pa);
  roller_put_u32(bytes + 36, 0u);
  return ROLLER_OK;
}

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

/* Stream: a notification of samples */

#define ROLLER_STREAM_HEAD_BYTES 12u
#define ROLLER_STREAM_FLAGS_HAPTIC_ACTIVE (1u << 0)
#define ROLLER_STREAM_FLAGS_TARE_ACTIVE (1u << 1)
#define ROLLER_STREAM_IMU_COUNT_MIN 1u
#define ROLLER_STREAM_IMU_COUNT_MAX 16u
#define ROLLER_STREAM_READING_COUNT_MAX 16u
#define ROLLER_STREAM_CELL_COUNT_MAX 32u
#define ROLLER_SAMPLE_BYTES 12u
#define ROLLER_MAX_SAMPLES 16u
#define ROLLER_MAX_CELL_VALUES 110u /* what fits beside one IMU sample */
#define ROLLER_CELL_SATURATED 0xffffu
#define ROLLER_CELL_FAULTY 0xfffeu

typedef struct {
  int16_t gyro_x; /* rate about x, in steps of gyroRangeDps / 32768 */
  int16_t gyro_y; /* rate about y */
  int16_t gyro_z; /* rate about z */
  int16_t accel_x; /* specific force along x, in steps of accelRangeG / 32768 */
  int16_t accel_y; /* specific force along y */
  int16_t accel_z; /* specific force along z */
} roller_sample;

typedef struct {
  uint8_t flags; /* what disturbs these samples */
  uint16_t sequence; /* counts stream frames from 0 at start, wraps to 0 after 65535 */
  uint32_t device_time_us; /* roller clock at the first IMU sample, wraps to 0 after 4294967295 [us] */
  uint8_t imu_count; /* IMU samples in this frame */
  uint8_t reading_count; /* pressure readings in this frame */
  uint8_t cell_count; /* cells in each reading */
  roller_sample imu[ROLLER_MAX_SAMPLES]; /* the first imu_count of them */
  uint16_t pressure[ROLLER_MAX_CELL_VALUES]; /* reading_count * cell_count values, reading by reading, cells in the order of info */
} roller_stream;

static inline roller_fault roller_read_sample(const uint8_t *bytes, roller_sample *out) {
  out->gyro_x = roller_get_i16(bytes + 0);
  out->gyro_y = roller_get_i16(bytes + 2);
  out->gyro_z = roller_get_i16(bytes + 4);
  out->accel_x = roller_get_i16(bytes + 6);
  out->accel_y = roller_get_i16(bytes + 8);
  out->accel_z = roller_get_i16(bytes + 10);
  return ROLLER_OK;
}

static inline roller_fault roller_write_sample(const roller_sample *in, uint8_t *bytes) {
  roller_put_i16(bytes + 0, in->gyro_x);
  roller_put_i16(bytes + 2, in->gyro_y);
  roller_put_i16(bytes + 4, in->gyro_z);
  roller_put_i16(bytes + 6, in->accel_x);
  roller_put_i16(bytes + 8, in->accel_y);
  roller_put_i16(bytes + 10, in->accel_z);
  return ROLLER_OK;
}

static inline roller_fault roller_read_stream_head(const uint8_t *bytes, roller_stream *out) {
  if (bytes[0] != 1u) return ROLLER_UNKNOWN_VERSION;
  out->flags = bytes[1];
  if ((out->flags & 0xfcu) != 0u) return ROLLER_RESERVED_BITS;
  out->sequence = roller_get_u16(bytes + 2);
  out->device_time_us = roller_get_u32(bytes + 4);
  out->imu_count = bytes[8];
  if (out->imu_count < 1u || out->imu_count > 16u) return ROLLER_OUT_OF_RANGE;
  out->reading_count = bytes[9];
  if (out->reading_count > 16u) return ROLLER_OUT_OF_RANGE;
  out->cell_count = bytes[10];
  if (out->cell_count > 32u) return ROLLER_OUT_OF_RANGE;
  if (bytes[11] != 0u) return ROLLER_RESERVED_BITS;
  return ROLLER_OK;
}

static inline roller_fault roller_write_stream_head(const roller_stream *in, uint8_t *bytes) {
  if ((in->flags & 0xfcu) != 0u) return ROLLER_RESERVED_BITS;
  if (in->imu_count < 1u || in->imu_count > 16u) return ROLLER_OUT_OF_RANGE;
  if (in->reading_count > 16u) return ROLLER_OUT_OF_RANGE;
  if (in->cell_count > 32u) return ROLLER_OUT_OF_RANGE;
  bytes[0] = 1u;
  bytes[1] = in->flags;
  roller_put_u16(bytes + 2, in->sequence);
  roller_put_u32(bytes + 4, in->device_time_us);
  bytes[8] = in->imu_count;
  bytes[9] = in->reading_count;
  bytes[10] = in->cell_count;
  bytes[11] = 0u;
  return ROLLER_OK;
}

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

/* Status: how the roller is */

#define ROLLER_STATUS_BYTES 12u
#define ROLLER_STATUS_BATTERY_PCT_MAX 100u
#define ROLLER_STATUS_BATTERY_PCT_ABSENT 255u
#define ROLLER_STATUS_FAULTS_IMU (1u << 0)
#define ROLLER_STATUS_FAULTS_CELLS (1u << 1)
#define ROLLER_STATUS_FAULTS_LOW_BATTERY (1u << 2)
#define ROLLER_STATUS_FAULTS_OVERHEATED (1u << 3)
#define ROLLER_STATUS_FAULTS_CLOCK (1u << 4)
#define ROLLER_STATUS_TEMPERATURE_C_X100_MIN (-5000)
#define ROLLER_STATUS_TEMPERATURE_C_X100_MAX 15000
#define ROLLER_STATUS_TEMPERATURE_C_X100_ABSENT INT16_MIN
#define ROLLER_STATUS_ACTIVITY_STREAMING (1u << 0)
#define ROLLER_STATUS_ACTIVITY_CHARGING (1u << 1)

typedef struct {
  uint8_t battery_pct; /* charge left [%]; may be ABSENT */
  uint16_t faults; /* what is wrong now */
  int16_t temperature_c_x100; /* inside the roller [0.01 degC]; may be ABSENT */
  uint8_t activity; /* what it is doing */
  uint32_t dropped_frames; /* stream frames that could not be sent since start; each took a sequence number */
} roller_status;

static inline roller_fault roller_read_status(const uint8_t *bytes, roller_status *out) {
  if (bytes[0] != 1u) return ROLLER_UNKNOWN_VERSION;
  out->battery_pct = bytes[1];
  if (out->battery_pct != 255u && (out->battery_pct > 100u)) return ROLLER_OUT_OF_RANGE;
  out->faults = roller_get_u16(bytes + 2);
  if ((out->faults & 0xffe0u) != 0u) return ROLLER_RESERVED_BITS;
  out->temperature_c_x100 = roller_get_i16(bytes + 4);
  if (out->temperature_c_x100 != INT16_MIN && (out->temperature_c_x100 < (-5000) || out->temperature_c_x100 > 15000)) return ROLLER_OUT_OF_RANGE;
  out->activity = bytes[6];
  if ((out->activity & 0xfcu) != 0u) return ROLLER_RESERVED_BITS;
  if (bytes[7] != 0u) return ROLLER_RESERVED_BITS;
  out->dropped_frames = roller_get_u32(bytes + 8);
  return ROLLER_OK;
}

static inline roller_fault roller_write_status(const roller_status *in, uint8_t *bytes) {
  if (in->battery_pct != 255u && (in->battery_pct > 100u)) return ROLLER_OUT_OF_RANGE;
  if ((in->faults & 0xffe0u) != 0u) return ROLLER_RESERVED_BITS;
  if (in->temperature_c_x100 != INT16_MIN && (in->temperature_c_x100 < (-5000) || in->temperature_c_x100 > 15000)) return ROLLER_OUT_OF_RANGE;
  if ((in->activity & 0xfcu) != 0u) return ROLLER_RESERVED_BITS;
  bytes[0] = 1u;
  bytes[1] = in->battery_pct;
  roller_put_u16(bytes + 2, in->faults);
  roller_put_i16(bytes + 4, in->temperature_c_x100);
  bytes[6] = in->activity;
  bytes[7] = 0u;
  roller_put_u32(bytes + 8, in->dropped_frames);
  return ROLLER_OK;
}

static inline size_t roller_encode_status(const roller_status *status, uint8_t *out, size_t size) {
  return size >= ROLLER_STATUS_BYTES && roller_write_status(status, out) == ROLLER_OK ? ROLLER_STATUS_BYTES : 0;
}

static inline roller_fault roller_decode_status(const uint8_t *bytes, size_t length, roller_status *out) {
  roller_fault fault = roller_check_head(bytes, length, ROLLER_STATUS_BYTES);
  if (fault == ROLLER_OK) fault = roller_read_status(bytes, out);
  return fault == ROLLER_OK ? roller_check_length(length, ROLLER_STATUS_BYTES) : fault;
}

/* Control point */

#define ROLLER_OP_START 0x01u
#define ROLLER_OP_STOP 0x02u
#define ROLLER_OP_TARE 0x03u
#define ROLLER_OP_SET_RATE 0x04u
#define ROLLER_OP_IDENTIFY 0x05u
#define ROLLER_OP_HAPTIC 0x06u

#define ROLLER_RESULT_SUCCESS 0x01u
#define ROLLER_RESULT_OP_CODE_NOT_SUPPORTED 0x02u
#define ROLLER_RESULT_INVALID_PARAMETER 0x03u
#define ROLLER_RESULT_OPERATION_FAILED 0x04u
#define ROLLER_RESULT_MTU_TOO_SMALL 0x10u
#define ROLLER_RESULT_LOADED 0x11u
#define ROLLER_RESULT_MOVING 0x12u
#define ROLLER_RESULT_WRONG_STATE 0x13u

#define ROLLER_RESPONSE_CODE 0x80u
#define ROLLER_RESPONSE_HEAD_BYTES 3u
#define ROLLER_MAX_REQUEST_BYTES 10u
#define ROLLER_MAX_RESPONSE_BYTES 12u

#define ROLLER_SET_RATE_BYTES 9u
#define ROLLER_SET_RATE_IMU_RATE_MILLI_HZ_MIN 10000u
#define ROLLER_SET_RATE_IMU_RATE_MILLI_HZ_MAX 1000000u
#define ROLLER_SET_RATE_PRESSURE_RATE_MILLI_HZ_MAX 1000000u
#define ROLLER_SET_RATE_SAMPLES_PER_FRAME_MIN 1u
#define ROLLER_SET_RATE_SAMPLES_PER_FRAME_MAX 16u

typedef struct {
  uint32_t imu_rate_milli_hz; /* IMU sample rate [mHz] */
  uint32_t pressure_rate_milli_hz; /* rate of pressure readings [mHz] */
  uint8_t samples_per_frame; /* IMU samples in a notification */
} roller_set_rate;

static inline roller_fault roller_read_set_rate(const uint8_t *bytes, roller_set_rate *out) {
  out->imu_rate_milli_hz = roller_get_u32(bytes + 0);
  if (out->imu_rate_milli_hz < 10000u || out->imu_rate_milli_hz > 1000000u) return ROLLER_OUT_OF_RANGE;
  out->pressure_rate_milli_hz = roller_get_u32(bytes + 4);
  if (out->pressure_rate_milli_hz > 1000000u) return ROLLER_OUT_OF_RANGE;
  out->samples_per_frame = bytes[8];
  if (out->samples_per_frame < 1u || out->samples_per_frame > 16u) return ROLLER_OUT_OF_RANGE;
  return ROLLER_OK;
}

static inline roller_fault roller_write_set_rate(const roller_set_rate *in, uint8_t *bytes) {
  if (in->imu_rate_milli_hz < 10000u || in->imu_rate_milli_hz > 1000000u) return ROLLER_OUT_OF_RANGE;
  if (in->pressure_rate_milli_hz > 1000000u) return ROLLER_OUT_OF_RANGE;
  if (in->samples_per_frame < 1u || in->samples_per_frame > 16u) return ROLLER_OUT_OF_RANGE;
  roller_put_u32(bytes + 0, in->imu_rate_milli_hz);
  roller_put_u32(bytes + 4, in->pressure_rate_milli_hz);
  bytes[8] = in->samples_per_frame;
  return ROLLER_OK;
}

#define ROLLER_IDENTIFY_BYTES 1u
#define ROLLER_IDENTIFY_SECONDS_MIN 1u
#define ROLLER_IDENTIFY_SECONDS_MAX 30u

typedef struct {
  uint8_t seconds; /* how long to show itself [s] */
} roller_identify;

static inline roller_fault roller_read_identify(const uint8_t *bytes, roller_identify *out) {
  out->seconds = bytes[0];
  if (out->seconds < 1u || out->seconds > 30u) return ROLLER_OUT_OF_RANGE;
  return ROLLER_OK;
}

static inline roller_fault roller_write_identify(const roller_identify *in, uint8_t *bytes) {
  if (in->seconds < 1u || in->seconds > 30u) return ROLLER_OUT_OF_RANGE;
  bytes[0] = in->seconds;
  return ROLLER_OK;
}

#define ROLLER_HAPTIC_BYTES 4u
#define ROLLER_HAPTIC_PULSES_MIN 1u
#define ROLLER_HAPTIC_PULSES_MAX 5u
#define ROLLER_HAPTIC_PULSE_MS_DIV10_MIN 5u
#define ROLLER_HAPTIC_PULSE_MS_DIV10_MAX 50u
#define ROLLER_HAPTIC_GAP_MS_DIV10_MIN 5u
#define ROLLER_HAPTIC_GAP_MS_DIV10_MAX 100u
#define ROLLER_HAPTIC_STRENGTH_PCT_MIN 1u
#define ROLLER_HAPTIC_STRENGTH_PCT_MAX 100u

typedef struct {
  uint8_t pulses; /* pulses in the pattern */
  uint8_t pulse_ms_div10; /* length of a pulse [10 ms] */
  uint8_t gap_ms_div10; /* pause between pulses [10 ms] */
  uint8_t strength_pct; /* of the strongest it can do [%] */
} roller_haptic;

static inline roller_fault roller_read_haptic(const uint8_t *bytes, roller_haptic *out) {
  out->pulses = bytes[0];
  if (out->pulses < 1u || out->pulses > 5u) return ROLLER_OUT_OF_RANGE;
  out->pulse_ms_div10 = bytes[1];
  if (out->pulse_ms_div10 < 5u || out->pulse_ms_div10 > 50u) return ROLLER_OUT_OF_RANGE;
  out->gap_ms_div10 = bytes[2];
  if (out->gap_ms_div10 < 5u || out->gap_ms_div10 > 100u) return ROLLER_OUT_OF_RANGE;
  out->strength_pct = bytes[3];
  if (out->strength_pct < 1u || out->strength_pct > 100u) return ROLLER_OUT_OF_RANGE;
  return ROLLER_OK;
}

static inline roller_fault roller_write_haptic(const roller_haptic *in, uint8_t *bytes) {
  if (in->pulses < 1u || in->pulses > 5u) return ROLLER_OUT_OF_RANGE;
  if (in->pulse_ms_div10 < 5u || in->pulse_ms_div10 > 50u) return ROLLER_OUT_OF_RANGE;
  if (in->gap_ms_div10 < 5u || in->gap_ms_div10 > 100u) return ROLLER_OUT_OF_RANGE;
  if (in->strength_pct < 1u || in->strength_pct > 100u) return ROLLER_OUT_OF_RANGE;
  bytes[0] = in->pulses;
  bytes[1] = in->pulse_ms_div10;
  bytes[2] = in->gap_ms_div10;
  bytes[3] = in->strength_pct;
  return ROLLER_OK;
}

typedef struct {
  uint8_t op_code; /* ROLLER_OP_... */
  union {
    roller_set_rate set_rate;
    roller_identify identify;
    roller_haptic haptic;
  } parameters; /* by op_code; the others have none */
} roller_request;

typedef struct {
  uint8_t op_code; /* of the request, whatever it was */
  uint8_t result; /* ROLLER_RESULT_... */
  union {
    roller_set_rate set_rate;
  } parameters; /* by op_code; the others have none */
} roller_response;

/* Bytes of a request with this op code; 0: there is no such op code. */
static inline size_t roller_request_bytes(uint8_t op_code) {
  switch (op_code) {
    case ROLLER_OP_START: return 1;
    case ROLLER_OP_STOP: return 1;
    case ROLLER_OP_TARE: return 1;
    case ROLLER_OP_SET_RATE: return 10;
    case ROLLER_OP_IDENTIFY: return 2;
    case ROLLER_OP_HAPTIC: return 5;
    default: return 0;
  }
}

/* Bytes of the response to it when it succeeds; 0: there is no such op code. */
static inline size_t roller_success_bytes(uint8_t op_code) {
  switch (op_code) {
    case ROLLER_OP_START: return 3;
    case ROLLER_OP_STOP: return 3;
    case ROLLER_OP_TARE: return 3;
    case ROLLER_OP_SET_RATE: return 12;
    case ROLLER_OP_IDENTIFY: return 3;
    case ROLLER_OP_HAPTIC: return 3;
    default: return 0;
  }
}

static inline size_t roller_encode_request(const roller_request *request, uint8_t *out, size_t size) {
  const size_t length = roller_request_bytes(request->op_code);
  roller_fault fault = ROLLER_OK;
  if (length == 0 || size < length) return 0;
  out[0] = request->op_code;
  if (request->op_code == ROLLER_OP_SET_RATE) fault = roller_write_set_rate(&request->parameters.set_rate, out + 1);
  if (request->op_code == ROLLER_OP_IDENTIFY) fault = roller_write_identify(&request->parameters.identify, out + 1);
  if (request->op_code == ROLLER_OP_HAPTIC) fault = roller_write_haptic(&request->parameters.haptic, out + 1);
  return fault == ROLLER_OK ? length : 0;
}

/* Sets out->op_code whenever there is one, so that the refusal can be answered. */
static inline roller_fault roller_decode_request(const uint8_t *bytes, size_t length, roller_request *out) {
  roller_fault fault;
  out->op_code = length > 0 ? bytes[0] : 0;
  if (roller_request_bytes(out->op_code) == 0) return ROLLER_UNKNOWN_FRAME;
  fault = roller_check_length(length, roller_request_bytes(out->op_code));
  if (fault != ROLLER_OK) return fault;
  if (out->op_code == ROLLER_OP_SET_RATE) fault = roller_read_set_rate(bytes + 1, &out->parameters.set_rate);
  if (out->op_code == ROLLER_OP_IDENTIFY) fault = roller_read_identify(bytes + 1, &out->parameters.identify);
  if (out->op_code == ROLLER_OP_HAPTIC) fault = roller_read_haptic(bytes + 1, &out->parameters.haptic);
  return fault;
}

/* The result to answer to a request that could not be decoded. */
static inline uint8_t roller_result_of_fault(roller_fault fault) {
  return fault == ROLLER_UNKNOWN_FRAME ? ROLLER_RESULT_OP_CODE_NOT_SUPPORTED : ROLLER_RESULT_INVALID_PARAMETER;
}

static inline int roller_is_result(uint8_t result) {
  switch (result) {
    case ROLLER_RESULT_SUCCESS:
    case ROLLER_RESULT_OP_CODE_NOT_SUPPORTED:
    case ROLLER_RESULT_INVALID_PARAMETER:
    case ROLLER_RESULT_OPERATION_FAILED:
    case ROLLER_RESULT_MTU_TOO_SMALL:
    case ROLLER_RESULT_LOADED:
    case ROLLER_RESULT_MOVING:
    case ROLLER_RESULT_WRONG_STATE:
      return 1;
    default:
      return 0;
  }
}

static inline size_t roller_encode_response(const roller_response *response, uint8_t *out, size_t size) {
  const int succeeded = response->result == ROLLER_RESULT_SUCCESS;
  const size_t length = succeeded ? roller_success_bytes(response->op_code) : ROLLER_RESPONSE_HEAD_BYTES;
  roller_fault fault = ROLLER_OK;
  if (!roller_is_result(response->result) || length == 0 || size < length) return 0;
  out[0] = ROLLER_RESPONSE_CODE;
  out[1] = response->op_code;
  out[2] = response->result;
  if (!succeeded) return length;
  if (response->op_code == ROLLER_OP_SET_RATE) fault = roller_write_set_rate(&response->parameters.set_rate, out + 3);
  return fault == ROLLER_OK ? length : 0;
}

static inline roller_fault roller_decode_response(const uint8_t *bytes, size_t length, roller_response *out) {
  roller_fault fault;
  if (length < ROLLER_RESPONSE_HEAD_BYTES) return ROLLER_TRUNCATED;
  if (bytes[0] != ROLLER_RESPONSE_CODE) return ROLLER_UNKNOWN_FRAME;
  out->op_code = bytes[1];
  out->result = bytes[2];
  if (!roller_is_result(out->result)) return ROLLER_UNKNOWN_VALUE;
  if (out->result != ROLLER_RESULT_SUCCESS) return roller_check_length(length, ROLLER_RESPONSE_HEAD_BYTES);
  if (roller_success_bytes(out->op_code) == 0) return ROLLER_UNKNOWN_FRAME;
  fault = roller_check_length(length, roller_success_bytes(out->op_code));
  if (fault != ROLLER_OK) return fault;
  if (out->op_code == ROLLER_OP_SET_RATE) fault = roller_read_set_rate(bytes + 3, &out->parameters.set_rate);
  return fault;
}

#ifdef __cplusplus
}
#endif

#endif
