/*
 * Test bench of roller_protocol.h: reads one order a line and answers it in one line. Numbers are raw, in the order of the structs.
 *
 *   decode info|stream|status|request|response <hex>|-     ok <numbers>, or the reason for refusing
 *   encode info|stream|status|request|response <numbers>   <hex>, or refused
 */
#include "roller_protocol.h"

#include <stdio.h>
#include <stdlib.h>

static char line[16384];
static char *rest;

static long long number(void) {
  return strtoll(rest, &rest, 10);
}

static const char *word(void) {
  char *start = rest;
  while (*rest != ' ' && *rest != '\n' && *rest != '\0') rest++;
  if (*rest != '\0') *rest++ = '\0';
  return start;
}

static size_t hex(uint8_t *bytes, size_t size) {
  size_t count = 0;
  const char *text = word();
  unsigned value;
  while (count < size && sscanf(text + 2 * count, "%2x", &value) == 1) bytes[count++] = (uint8_t)value;
  return count;
}

static void show(long long value) {
  printf(" %lld", value);
}

static void decode_info(const uint8_t *bytes, size_t length) {
  static roller_info info;
  size_t i;
  const roller_fault fault = roller_decode_info(bytes, length, &info);
  printf("%s", roller_fault_name(fault));
  if (fault != ROLLER_OK) return;
  show(info.tool);
  show(info.texture);
  show(info.axis);
  for (i = 0; i < 8; i++) show(info.device_id[i]);
  show(info.radius_mm_x10);
  show(info.length_mm);
  show(info.imu_rate_milli_hz);
  show(info.gyro_range_dps);
  show(info.accel_range_g);
  show(info.samples_per_frame);
  show(info.mount_first_mm_x10);
  show(info.mount_second_mm_x10);
  show(info.pressure_rate_milli_hz);
  show(info.pressure_unit);
  show(info.cell_count);
  show(info.pressure_scale_pa);
  for (i = 0; i < info.cell_count; i++) {
    show(info.cells[i].axial_mm);
    show(info.cells[i].angle_deg_x100);
    show(info.cells[i].area_mm2);
  }
}

static size_t encode_info(uint8_t *out, size_t size) {
  static roller_info info;
  size_t i;
  info.tool = (uint8_t)number();
  info.texture = (uint8_t)number();
  info.axis = (uint8_t)number();
  for (i = 0; i < 8; i++) info.device_id[i] = (uint8_t)number();
  info.radius_mm_x10 = (uint16_t)number();
  info.length_mm = (uint16_t)number();
  info.imu_rate_milli_hz = (uint32_t)number();
  info.gyro_range_dps = (uint16_t)number();
  info.accel_range_g = (uint8_t)number();
  info.samples_per_frame = (uint8_t)number();
  info.mount_first_mm_x10 = (int16_t)number();
  info.mount_second_mm_x10 = (int16_t)number();
  info.pressure_rate_milli_hz = (uint32_t)number();
  info.pressure_unit = (uint8_t)number();
  info.cell_count = (uint8_t)number();
  info.pressure_scale_pa = (uint16_t)number();
  for (i = 0; i < info.cell_count && i < ROLLER_MAX_CELLS; i++) {
    info.cells[i].axial_mm = (int16_t)number();
    info.cells[i].angle_deg_x100 = (uint16_t)number();
    info.cells[i].area_mm2 = (uint16_t)number();
  }
  return roller_encode_info(&info, out, size);
}

static void decode_stream(const uint8_t *bytes, size_t length) {
  static roller_stream frame;
  size_t i;
  const roller_fault fault = roller_decode_stream(bytes, length, &frame);
  printf("%s", roller_fault_name(fault));
  if (fault != ROLLER_OK) return;
  show(frame.flags);
  show(frame.sequence);
  show(frame.device_time_us);
  show(frame.imu_count);
  show(frame.reading_count);
  show(frame.cell_count);
  for (i = 0; i < frame.imu_count; i++) {
    show(frame.imu[i].gyro_x);
    show(frame.imu[i].gyro_y);
    show(frame.imu[i].gyro_z);
    show(frame.imu[i].accel_x);
    show(frame.imu[i].accel_y);
    show(frame.imu[i].accel_z);
  }
  for (i = 0; i < (size_t)frame.reading_count * frame.cell_count; i++) show(frame.pressure[i]);
}

static size_t encode_stream(uint8_t *out, size_t size) {
  static roller_stream frame;
  size_t i;
  frame.flags = (uint8_t)number();
  frame.sequence = (uint16_t)number();
  frame.device_time_us = (uint32_t)number();
  frame.imu_count = (uint8_t)number();
  frame.reading_count = (uint8_t)number();
  frame.cell_count = (uint8_t)number();
  for (i = 0; i < frame.imu_count && i < ROLLER_MAX_SAMPLES; i++) {
    frame.imu[i].gyro_x = (int16_t)number();
    frame.imu[i].gyro_y = (int16_t)number();
    frame.imu[i].gyro_z = (int16_t)number();
    frame.imu[i].accel_x = (int16_t)number();
    frame.imu[i].accel_y = (int16_t)number();
    frame.imu[i].accel_z = (int16_t)number();
  }
  for (i = 0; i < (size_t)frame.reading_count * frame.cell_count && i < ROLLER_MAX_CELL_VALUES; i++) {
    frame.pressure[i] = (uint16_t)number();
  }
  return roller_encode_stream(&frame, out, size);
}

static void decode_status(const uint8_t *bytes, size_t length) {
  static roller_status status;
  const roller_fault fault = roller_decode_status(bytes, length, &status);
  printf("%s", roller_fault_name(fault));
  if (fault != ROLLER_OK) return;
  show(status.battery_pct);
  show(status.faults);
  show(status.temperature_c_x100);
  show(status.activity);
  show(status.dropped_frames);
}

static size_t encode_status(uint8_t *out, size_t size) {
  static roller_status status;
  status.battery_pct = (uint8_t)number();
  status.faults = (uint16_t)number();
  status.temperature_c_x100 = (int16_t)number();
  status.activity = (uint8_t)number();
  status.dropped_frames = (uint32_t)number();
  return roller_encode_status(&status, out, size);
}

static void show_rates(const roller_set_rate *rates) {
  show(rates->imu_rate_milli_hz);
  show(rates->pressure_rate_milli_hz);
  show(rates->samples_per_frame);
}

static void take_rates(roller_set_rate *rates) {
  rates->imu_rate_milli_hz = (uint32_t)number();
  rates->pressure_rate_milli_hz = (uint32_t)number();
  rates->samples_per_frame = (uint8_t)number();
}

static void decode_request(const uint8_t *bytes, size_t length) {
  static roller_request request;
  const roller_fault fault = roller_decode_request(bytes, length, &request);
  printf("%s", roller_fault_name(fault));
  if (fault != ROLLER_OK) {
    show(request.op_code);
    show(roller_result_of_fault(fault));
    return;
  }
  show(request.op_code);
  if (request.op_code == ROLLER_OP_SET_RATE) show_rates(&request.parameters.set_rate);
  if (request.op_code == ROLLER_OP_IDENTIFY) show(request.parameters.identify.seconds);
  if (request.op_code == ROLLER_OP_HAPTIC) {
    show(request.parameters.haptic.pulses);
    show(request.parameters.haptic.pulse_ms_div10);
    show(request.parameters.haptic.gap_ms_div10);
    show(request.parameters.haptic.strength_pct);
  }
}

static size_t encode_request(uint8_t *out, size_t size) {
  static roller_request request;
  request.op_code = (uint8_t)number();
  if (request.op_code == ROLLER_OP_SET_RATE) take_rates(&request.parameters.set_rate);
  if (request.op_code == ROLLER_OP_IDENTIFY) request.parameters.identify.seconds = (uint8_t)number();
  if (request.op_code == ROLLER_OP_HAPTIC) {
    request.parameters.haptic.pulses = (uint8_t)number();
    request.parameters.haptic.pulse_ms_div10 = (uint8_t)number();
    request.parameters.haptic.gap_ms_div10 = (uint8_t)number();
    request.parameters.haptic.strength_pct = (uint8_t)number();
  }
  return roller_encode_request(&request, out, size);
}

static void decode_response(const uint8_t *bytes, size_t length) {
  static roller_response response;
  const roller_fault fault = roller_decode_response(bytes, length, &response);
  printf("%s", roller_fault_name(fault));
  if (fault != ROLLER_OK) return;
  show(response.op_code);
  show(response.result);
  if (response.result == ROLLER_RESULT_SUCCESS && response.op_code == ROLLER_OP_SET_RATE) show_rates(&response.parameters.set_rate);
}

static size_t encode_response(uint8_t *out, size_t size) {
  static roller_response response;
  response.op_code = (uint8_t)number();
  response.result = (uint8_t)number();
  if (response.result == ROLLER_RESULT_SUCCESS && response.op_code == ROLLER_OP_SET_RATE) take_rates(&response.parameters.set_rate);
  return roller_encode_response(&response, out, size);
}

static const struct {
  const char *name;
  void (*decode)(const uint8_t *bytes, size_t length);
  size_t (*encode)(uint8_t *out, size_t size);
} frames[] = {
  { "info", decode_info, encode_info },
  { "stream", decode_stream, encode_stream },
  { "status", decode_status, encode_status },
  { "request", decode_request, encode_request },
  { "response", decode_response, encode_response },
};

/* Encodes twice: into exactly the room that is needed, which must do, and into a byte less, which must not. */
static void encode_into_its_size(size_t (*encode)(uint8_t *out, size_t size)) {
  static uint8_t bytes[512];
  char *numbers = rest;
  const size_t length = encode(bytes, sizeof bytes);
  size_t i;
  if (length == 0) {
    printf("refused");
    return;
  }
  rest = numbers;
  if (encode(bytes, length - 1) != 0) printf("wrote past the end ");
  rest = numbers;
  if (encode(bytes, length) != length) printf("did not fit ");
  for (i = 0; i < length; i++) printf("%02x", bytes[i]);
}

/* Hands over memory that ends where the bytes end, so that a sanitizer sees a read past it. */
static void decode_exactly(void (*decode)(const uint8_t *bytes, size_t length)) {
  static uint8_t bytes[1024];
  const size_t length = hex(bytes, sizeof bytes);
  uint8_t *exact = (uint8_t *)malloc(length > 0 ? length : 1);
  if (exact == NULL) abort();
  memcpy(exact, bytes, length);
  decode(exact, length);
  free(exact);
}

int main(void) {
  while (fgets(line, sizeof line, stdin) != NULL) {
    const char *order;
    const char *name;
    size_t i;
    rest = line;
    order = word();
    name = word();
    for (i = 0; i < sizeof frames / sizeof frames[0]; i++) {
      if (strcmp(name, frames[i].name) != 0) continue;
      if (strcmp(order, "encode") == 0) {
        encode_into_its_size(frames[i].encode);
      } else {
        decode_exactly(frames[i].decode);
      }
    }
    printf("\n");
  }
  return 0;
}
