import { CHARACTERISTICS, MAX_FRAME_BYTES, MIN_MTU, PROTOCOL_VERSION, SERVICES } from '../gatt.ts';
import { FAULT_REASONS } from '../table.ts';
import { controlSection } from './c-control.ts';
import { infoSection, statusSection, streamSection } from './c-frames.ts';
import { cFault } from './c-table.ts';
import { dashed, upper } from './names.ts';

/** `roller_protocol.h`: everything that firmware needs of the protocol, in one file of C99. */
export const cHeader = (): string => `/*
 * roller_protocol.h - smart-roller protocol, version ${PROTOCOL_VERSION}. SPDX-License-Identifier: MIT
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

#define ROLLER_PROTOCOL_VERSION ${PROTOCOL_VERSION}u
#define ROLLER_MAX_FRAME_BYTES ${MAX_FRAME_BYTES}u
#define ROLLER_MIN_MTU ${MIN_MTU}u

/* Own UUIDs as lists of bytes, least significant first, as they go on the air: uint8_t uuid[16] = { ROLLER_UUID_STREAM }; */
${uuids()}

/* Why bytes were refused. */
typedef enum {
  ROLLER_OK = 0,
${FAULT_REASONS.map((reason) => `  ${cFault(reason)}`).join(',\n')}
} roller_fault;

/* The reason by the name that the specification and the test vectors use. */
static inline const char *roller_fault_name(roller_fault fault) {
  switch (fault) {
    case ROLLER_OK: return "ok";
${FAULT_REASONS.map((reason) => `    case ${cFault(reason)}: return "${reason}";`).join('\n')}
  }
  return "";
}

${PRIMITIVES}
${infoSection()}
${streamSection()}
${statusSection()}
${controlSection()}
#ifdef __cplusplus
}
#endif

#endif
`;

/** Macros of lists, so that they also go into a stack's own UUID macro. */
function uuids(): string {
  const own = [
    ['SERVICE', SERVICES.roller] as const,
    ...Object.entries(CHARACTERISTICS)
      .filter(([, { service }]) => service === 'roller')
      .map(([name, { uuid }]) => [upper(name), uuid] as const),
  ];
  return own
    .map(([name, uuid]) => {
      const bytes = (uuid.match(/../g) ?? []).toReversed().map((byte) => `0x${byte}`);
      return `/* ${dashed(uuid)} */\n#define ROLLER_UUID_${name} ${bytes.join(', ')}`;
    })
    .join('\n');
}

const PRIMITIVES = `static inline uint16_t roller_get_u16(const uint8_t *bytes) {
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
`;
