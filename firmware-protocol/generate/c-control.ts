import { PROCEDURES, RESPONSE_CODE, RESPONSE_HEAD, RESULT_CODES, type ProcedureName } from '../control.ts';
import { byteLength, type Table } from '../table.ts';
import { cConstants, cMembers, cReadWrite } from './c-table.ts';
import { hexByte, snake, upper } from './names.ts';

/** The control point's section of the header: requests and responses are a head and a union of parameters. */

type Side = 'request' | 'response';

const names = Object.keys(PROCEDURES) as ProcedureName[];
const tableOf = (name: ProcedureName, side: Side): Table => PROCEDURES[name][side];
const withParameters = (side: Side): ProcedureName[] => names.filter((name) => tableOf(name, side).length > 0);
const longest = (side: Side): number => Math.max(...names.map((name) => byteLength(tableOf(name, side))));

/** The parameters of a procedure have one struct, because no procedure answers other parameters than it takes. */
const structs = names.filter((name) => tableOf(name, 'request').length > 0);
for (const name of withParameters('response')) {
  if (tableOf(name, 'response') !== tableOf(name, 'request')) throw new Error(`${name}: its response needs a struct of its own`);
}

export const controlSection = (): string => `/* Control point */

${names.map((name) => `#define ROLLER_OP_${upper(name)} ${hexByte(PROCEDURES[name].opCode)}u`).join('\n')}

${Object.entries(RESULT_CODES).map(([name, code]) => `#define ROLLER_RESULT_${upper(name)} ${hexByte(code)}u`).join('\n')}

#define ROLLER_RESPONSE_CODE ${hexByte(RESPONSE_CODE)}u
#define ROLLER_RESPONSE_HEAD_BYTES ${byteLength(RESPONSE_HEAD)}u
#define ROLLER_MAX_REQUEST_BYTES ${1 + longest('request')}u
#define ROLLER_MAX_RESPONSE_BYTES ${byteLength(RESPONSE_HEAD) + longest('response')}u

${structs.map(parameters).join('\n\n')}

typedef struct {
  uint8_t op_code; /* ROLLER_OP_... */
${union('request')}
} roller_request;

typedef struct {
  uint8_t op_code; /* of the request, whatever it was */
  uint8_t result; /* ROLLER_RESULT_... */
${union('response')}
} roller_response;

/* Bytes of a request with this op code; 0: there is no such op code. */
static inline size_t roller_request_bytes(uint8_t op_code) {
${sizes('request', 1)}
}

/* Bytes of the response to it when it succeeds; 0: there is no such op code. */
static inline size_t roller_success_bytes(uint8_t op_code) {
${sizes('response', byteLength(RESPONSE_HEAD))}
}

static inline size_t roller_encode_request(const roller_request *request, uint8_t *out, size_t size) {
  const size_t length = roller_request_bytes(request->op_code);
  roller_fault fault = ROLLER_OK;
  if (length == 0 || size < length) return 0;
  out[0] = request->op_code;
${dispatch('request', 'write', 'request', 'out + 1')}
  return fault == ROLLER_OK ? length : 0;
}

/* Sets out->op_code whenever there is one, so that the refusal can be answered. */
static inline roller_fault roller_decode_request(const uint8_t *bytes, size_t length, roller_request *out) {
  roller_fault fault;
  out->op_code = length > 0 ? bytes[0] : 0;
  if (roller_request_bytes(out->op_code) == 0) return ROLLER_UNKNOWN_FRAME;
  fault = roller_check_length(length, roller_request_bytes(out->op_code));
  if (fault != ROLLER_OK) return fault;
${dispatch('request', 'read', 'out', 'bytes + 1')}
  return fault;
}

/* The result to answer to a request that could not be decoded. */
static inline uint8_t roller_result_of_fault(roller_fault fault) {
  return fault == ROLLER_UNKNOWN_FRAME ? ROLLER_RESULT_OP_CODE_NOT_SUPPORTED : ROLLER_RESULT_INVALID_PARAMETER;
}

static inline int roller_is_result(uint8_t result) {
  switch (result) {
${Object.keys(RESULT_CODES).map((name) => `    case ROLLER_RESULT_${upper(name)}:`).join('\n')}
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
${dispatch('response', 'write', 'response', 'out + 3')}
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
${dispatch('response', 'read', 'out', 'bytes + 3')}
  return fault;
}
`;

function parameters(name: ProcedureName): string {
  const table = tableOf(name, 'request');
  return `${cConstants(upper(name), upper(name), table)}

typedef struct {
${cMembers(table)}
} roller_${snake(name)};

${cReadWrite(snake(name), `roller_${snake(name)}`, table)}`;
}

const union = (side: Side): string => `  union {
${withParameters(side).map((name) => `    roller_${snake(name)} ${snake(name)};`).join('\n')}
  } parameters; /* by op_code; the others have none */`;

const sizes = (side: Side, headBytes: number): string => `  switch (op_code) {
${names.map((name) => `    case ROLLER_OP_${upper(name)}: return ${headBytes + byteLength(tableOf(name, side))};`).join('\n')}
    default: return 0;
  }`;

/** Reads or writes the parameters of whichever procedure it is; `holder` points to the struct, `bytes` to where they start. */
const dispatch = (side: Side, verb: 'read' | 'write', holder: string, bytes: string): string =>
  withParameters(side)
    .map((name) => {
      const member = `&${holder}->parameters.${snake(name)}`;
      const operands = verb === 'read' ? `${bytes}, ${member}` : `${member}, ${bytes}`;
      return `  if (${holder}->op_code == ROLLER_OP_${upper(name)}) fault = roller_${verb}_${snake(name)}(${operands});`;
    })
    .join('\n');
